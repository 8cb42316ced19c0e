package routes.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Whatever the keys are, a bucket is a map of them, or says that a key cannot be one of its own.
 */
class ObjectKeysPropertyTest extends CloudTest {

  private static final int STEPS = 300;

  /** Pieces that meet often, and that a file system or a server on the way may take for others. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "A",
          "a",
          "/",
          "/",
          "/",
          "//",
          ".",
          "..",
          "/../",
          "/./",
          "%",
          "%2F",
          "+",
          " ",
          "é",
          "e\u0301",
          "\\",
          ":",
          "?",
          "#",
          "&",
          ";x=1",
          "*",
          "\u0001",
          "\u00a0",
          "\ufffd",
          "~",
          "\n",
          ".mpus-",
          "\ud83d\ude00",
          "a".repeat(256),
          "$folder$",
          "-",
          "|");

  /** In the order of their bytes in UTF-8, as S3 lists them. */
  private final Map<String, String> model =
      new TreeMap<>(Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned));

  private String bucket;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_bucket_is_a_map(long seed) {
    bucket = "seed-" + seed;
    clients.s3().createBucket(r -> r.bucket(bucket));
    model.clear();
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      String key = key(random);
      String what = "seed %d step %d: %s".formatted(seed, step, key);
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> put(key, random.nextInt(4) == 0 ? "" : what);
        case 4 -> copy(random, key);
        case 5 -> putInParts(key, what);
        case 6 -> delete(model.isEmpty() ? key : any(random));
        default -> delete(key);
      }
      assertThat(get(key)).as(what).isEqualTo(Optional.ofNullable(model.get(key)));
      if (step % 20 == 0) {
        assertIsTheModel(what);
      }
    }
    assertIsTheModel("seed " + seed);
    assertThat(model).as("seed %d", seed).hasSizeGreaterThan(10);
  }

  private void assertIsTheModel(String what) {
    assertThat(
            clients
                .s3()
                .listObjectsV2Paginator(r -> r.bucket(bucket).maxKeys(7))
                .contents()
                .stream()
                .map(S3Object::key))
        .as(what)
        .containsExactlyElementsOf(model.keySet());
    model.forEach((key, content) -> assertThat(get(key)).as(what + ": " + key).contains(content));
  }

  private static String key(Random random) {
    return IntStream.rangeClosed(0, random.nextInt(5))
        .mapToObj(i -> PIECES.get(random.nextInt(random.nextBoolean() ? 8 : PIECES.size())))
        .collect(Collectors.joining());
  }

  private String any(Random random) {
    return List.copyOf(model.keySet()).get(random.nextInt(model.size()));
  }

  private void put(String key, String content) {
    remember(
        key,
        content,
        () ->
            clients
                .s3()
                .putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content)));
  }

  private void copy(Random random, String key) {
    if (!model.isEmpty()) {
      String source = any(random);
      remember(
          key,
          model.get(source),
          () ->
              clients
                  .s3()
                  .copyObject(
                      r ->
                          r.sourceBucket(bucket)
                              .sourceKey(source)
                              .destinationBucket(bucket)
                              .destinationKey(key)
                              .metadataDirective("REPLACE")));
    }
  }

  private void putInParts(String key, String content) {
    remember(key, content, () -> OnePart.put(clients.s3(), bucket, key, content));
  }

  /** What is refused is refused as the client's mistake and leaves all as it was. */
  private void remember(String key, String content, Runnable put) {
    try {
      put.run();
      model.put(key, content);
    } catch (S3Exception refused) {
      assertThat(refused.statusCode()).as(key).isBetween(400, 499);
      assertThat(refused.awsErrorDetails().errorMessage()).as("%s: %s", key, refused).isNotBlank();
    }
  }

  private void delete(String key) {
    try {
      clients.s3().deleteObject(r -> r.bucket(bucket).key(key));
      model.remove(key);
    } catch (S3Exception refused) {
      assertThat(refused.statusCode()).as(key).isBetween(400, 499);
      assertThat(model).doesNotContainKey(key);
    }
  }

  private Optional<String> get(String key) {
    try {
      return Optional.of(
          clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asString(UTF_8));
    } catch (NoSuchKeyException none) {
      return Optional.empty();
    } catch (S3Exception refused) {
      assertThat(refused.statusCode()).as(key).isBetween(400, 499);
      return Optional.empty();
    }
  }
}

package routes.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ObjectStorageTest extends CloudTest {

  private static final String RANDOM = "7d444840-9dc0-41d1-b245-5ffdce74fad2";

  private String bucket;

  @BeforeEach
  void create_bucket(TestInfo test) {
    bucket = "b" + Integer.toHexString(test.getDisplayName().hashCode());
    clients.s3().createBucket(r -> r.bucket(bucket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service=checkout/year=2026/month=03/day=01/hour=07/part-1.jsonl",
        "service=a%2Fb/part-1.jsonl",
        "with space/and+plus&more",
        "schlüssel/ключ/鍵"
      })
  void an_object_is_a_plain_file_at_its_key(String key) throws IOException {
    put(key, "{}\n");

    assertThat(get(key)).isEqualTo("{}\n");
    assertThat(keys()).containsExactly(key);
    assertThat(data.resolve("s3").resolve(bucket).resolve(key)).hasContent("{}\n");
  }

  @Test
  void a_large_body_comes_back_as_it_was() {
    byte[] body = new byte[9 << 20];
    new Random(1).nextBytes(body);

    clients.s3().putObject(r -> r.bucket(bucket).key("large"), RequestBody.fromBytes(body));

    assertThat(clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key("large")).asByteArray())
        .isEqualTo(body);
  }

  @Test
  void a_put_replaces_the_object() {
    put("key", "first");
    put("key", "second");

    assertThat(get("key")).isEqualTo("second");
  }

  @Test
  void a_missing_object_and_a_missing_bucket_are_told_apart() {
    assertThatThrownBy(() -> get("missing")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () ->
                clients
                    .s3()
                    .putObject(
                        r -> r.bucket("no-such-bucket").key("key"),
                        RequestBody.fromBytes(new byte[9 << 20])))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void put_if_absent_refuses_an_existing_object_and_leaves_it() {
    assertThat(putIfAbsent("key", "first")).isEqualTo(200);
    assertThat(putIfAbsent("key", "second")).isEqualTo(412);

    assertThat(get("key")).isEqualTo("first");
  }

  @Test
  void one_of_many_racing_puts_if_absent_wins() throws Exception {
    int racers = 16;
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "service=race/part-" + round;
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Callable<Integer>> puts = new ArrayList<>();
        for (int racer = 0; racer < racers; racer++) {
          String body = "racer " + racer;
          puts.add(
              () -> {
                start.await();
                return putIfAbsent(key, body);
              });
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> put : threads.invokeAll(puts)) {
          statuses.add(put.get());
        }
        int winner = statuses.indexOf(200);
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        assertThat(get(key)).isEqualTo("racer " + winner);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void objects_and_their_metadata_survive_a_restart() {
    Map<String, String> metadata = Map.of("first", "49-0", "last", "49-17", "records", "18");
    clients
        .s3()
        .putObject(
            r ->
                r.bucket(bucket)
                    .key("key")
                    .metadata(metadata)
                    .contentEncoding("gzip")
                    .contentType("application/x-ndjson")
                    .ifNoneMatch("*"),
            RequestBody.fromString("{}"));

    restart();

    var head = clients.s3().headObject(r -> r.bucket(bucket).key("key"));
    assertThat(head.metadata()).isEqualTo(metadata);
    assertThat(head.contentEncoding()).isEqualTo("gzip");
    assertThat(head.contentType()).isEqualTo("application/x-ndjson");
    assertThat(get("key")).isEqualTo("{}");
  }

  @Test
  void metadata_that_cannot_be_kept_is_refused() {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      metadata.put("k" + i, "v");
    }

    assertThatThrownBy(
            () ->
                clients
                    .s3()
                    .putObject(
                        r -> r.bucket(bucket).key("key").metadata(metadata),
                        RequestBody.fromString("{}")))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("does not fit into the extended attributes");
    assertThat(keys()).isEmpty();
  }

  @Test
  void a_key_too_long_for_a_file_is_refused() {
    assertThatThrownBy(() -> put("a/" + "b".repeat(256), "{}"))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("longer than 255 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "pfx, pfx/child",
    "pfx/child, pfx",
    "a/b, a/b/c/d",
    "a/b/c/d, a/b",
    "a/b, a//b",
    "a/b, a/b/",
    "folder/x, folder/",
    "x, folder/",
    "x, /x",
    "x, ./x",
    "a/x, a/../x"
  })
  void of_two_keys_that_cannot_both_be_files_the_second_is_refused(String first, String second) {
    put(first, "kept");

    assertThatThrownBy(() -> put(second, "refused"))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(400));
    assertThat(keys()).containsExactly(first);
    assertThat(get(first)).isEqualTo("kept");
    assertThatThrownBy(() -> get(second))
        .isInstanceOfSatisfying(
            S3Exception.class, absent -> assertThat(absent.statusCode()).isBetween(400, 404));
  }

  @Test
  void what_a_killed_process_left_is_neither_listed_nor_kept() throws IOException {
    put("hour=07/part-1.jsonl", "{}");
    Path leftOver = data.resolve("s3-uploads/incoming-17");
    Files.writeString(leftOver, "{");

    assertThat(keys()).containsExactly("hour=07/part-1.jsonl");

    restart();

    assertThat(keys()).containsExactly("hour=07/part-1.jsonl");
    assertThat(leftOver).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void every_page_size_lists_all_keys_in_order(int pageSize) {
    List<String> keys =
        List.of("a-b", "a.txt", "a/1", "a/b/2", "a/b/c/3", "a/c", "a0", "b/marker/", "b/marker/1");
    keys.forEach(key -> put(key, ""));
    assertThat(keys(r -> r.maxKeys(pageSize))).isEqualTo(keys);
    assertThat(keys(r -> r.maxKeys(pageSize).prefix("a"))).isEqualTo(keys.subList(0, 7));
    assertThat(keys(r -> r.maxKeys(pageSize).prefix("a/b"))).isEqualTo(keys.subList(3, 5));
    assertThat(keys(r -> r.maxKeys(pageSize).prefix("b/marker/"))).isEqualTo(keys.subList(7, 9));
    assertThat(keys(r -> r.maxKeys(pageSize).startAfter("a/b/2"))).isEqualTo(keys.subList(4, 9));
    assertThat(keys(r -> r.maxKeys(pageSize).prefix("c"))).isEmpty();
    assertThat(keys(r -> r.maxKeys(pageSize).delimiter("/"))).containsExactly("a-b", "a.txt", "a0");
    assertThat(
            clients
                .s3()
                .listObjectsV2Paginator(r -> r.bucket(bucket).maxKeys(pageSize).delimiter("/"))
                .commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .containsExactly("a/", "b/");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void keys_are_in_the_order_of_their_bytes(int limit) {
    List<String> keys =
        List.of(
            "a",
            "\ud7ff",
            "\uf8ff",
            "\uffe0/1",
            "\uffe0x",
            "\ufffd",
            "\ud800\udc00",
            "😀/1",
            "😀/2");
    keys.forEach(key -> put(key, ""));

    assertThat(keys(r -> r.maxKeys(limit))).isEqualTo(keys);
    assertThat(keys(r -> r.maxKeys(limit).startAfter("\ufffd"))).isEqualTo(keys.subList(6, 9));
    assertThat(keys(r -> r.maxKeys(limit).startAfter("😀/1"))).isEqualTo(keys.subList(8, 9));
    assertThat(
            clients
                .s3()
                .listObjectsV2Paginator(
                    r -> r.bucket(bucket).maxKeys(limit).delimiter("/").startAfter("\uffe0"))
                .commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .containsExactly("\uffe0/", "😀/");
  }

  @Test
  void an_object_whose_key_ends_in_a_uuid_is_listed_and_kept() {
    String put = "put-" + RANDOM;
    String copied = "copied-" + RANDOM;
    String assembled = "assembled-" + RANDOM;
    put(put, "1");
    clients
        .s3()
        .copyObject(
            r ->
                r.sourceBucket(bucket)
                    .sourceKey(put)
                    .destinationBucket(bucket)
                    .destinationKey(copied));
    OnePart.put(clients.s3(), bucket, assembled, "1");

    assertThat(keys()).containsExactly(assembled, copied, put);

    restart();

    assertThat(keys()).containsExactly(assembled, copied, put);
    assertThat(List.of(get(put), get(copied), get(assembled))).containsOnly("1");
  }

  private void put(String key, String body) {
    clients.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(body));
  }

  private int putIfAbsent(String key, String body) {
    try {
      return clients
          .s3()
          .putObject(r -> r.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromString(body))
          .sdkHttpResponse()
          .statusCode();
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }

  private String get(String key) {
    return clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asString(UTF_8);
  }

  private List<String> keys() {
    return keys(r -> {});
  }

  private List<String> keys(Consumer<ListObjectsV2Request.Builder> listing) {
    return clients
        .s3()
        .listObjectsV2Paginator(r -> listing.accept(r.bucket(bucket)))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }
}

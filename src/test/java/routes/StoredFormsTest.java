package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.MoreFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.audit.AuditCommand;
import routes.partition.RecordPart;
import routes.signal.Layer;
import software.amazon.awssdk.services.s3.model.Bucket;

/**
 * What earlier versions stored is gone on with. Each store was killed with a part of its records
 * under a checkpoint, a part in objects that no checkpoint knows of, and a part still on the
 * stream, ten of them twice.
 */
class StoredFormsTest {

  private static final int RECORDS = 600;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /**
   * Goes on with a store.
   *
   * @param store {@code logs} was written before there were signals and layers, on 2026-11-21;
   *     {@code two-layers} with the batch layer on, on 2026-11-26
   */
  @ParameterizedTest
  @ValueSource(strings = {"logs", "two-layers"})
  void a_store_of_before_is_gone_on_with(String store) throws Exception {
    unpack(store);
    Map<String, String> before;
    try (RunningApp app = RunningApp.start(folder, Map.of("ROLE", "intake"))) {
      before = objects(app);
    }

    boolean both = store.equals("two-layers");
    Map<String, String> env =
        both
            ? Map.of("BATCH", "true", "BATCH_FLUSH_INTERVAL_MS", "1000")
            // Names of fields were added since, none of which these records have.
            : Map.of("ACCEPT_SETTINGS_CHANGE", "true");
    try (RunningApp app = RunningApp.start(folder, env)) {
      for (Layer layer : both ? List.of(Layer.RAW, Layer.BATCH) : List.of(Layer.RAW)) {
        await().atMost(SOON).untilAsserted(() -> assertAllAccountedFor(app, layer));
      }

      assertThat(messages(app))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, RECORDS).mapToObj(number -> "record " + number).toList());
      assertThat(objects(app)).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    }
  }

  private static void assertAllAccountedFor(RunningApp app, Layer layer)
      throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        new AuditCommand(
                app.settings().resources(),
                new RecordPart(app.settings().records()).streamParsers(),
                app.settings().delivery().dedupeWindow())
            .run(
                List.of("--layer", layer.word()),
                app.aws().kinesis(),
                app.aws().s3(),
                new PrintStream(out, true, UTF_8));
    assertThat(status).as(() -> out.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("%,15d in the lake".formatted(RECORDS))
        .doesNotContainPattern(" [1-9][0-9,]* not delivered yet");
  }

  private static List<String> messages(RunningApp app) {
    return app.lake().lines().values().stream()
        .flatMap(List::stream)
        .map(StoredFormsTest::message)
        .toList();
  }

  private static String message(String line) {
    try {
      return JSON.readTree(line).get("message").textValue();
    } catch (IOException noJson) {
      throw new AssertionError(line, noJson);
    }
  }

  /** What there is of logs by bucket and key, and what tells one from another. */
  private static Map<String, String> objects(RunningApp app) {
    Map<String, String> objects = new HashMap<>();
    for (Bucket bucket : app.aws().s3().listBuckets().buckets()) {
      if (bucket.name().endsWith("-logs")) {
        app.aws()
            .s3()
            .listObjectsV2Paginator(list -> list.bucket(bucket.name()))
            .contents()
            .forEach(
                object ->
                    objects.put(
                        bucket.name() + "/" + object.key(), object.eTag() + object.lastModified()));
      }
    }
    return objects;
  }

  private void unpack(String store) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (InputStream in =
            Objects.requireNonNull(
                StoredFormsTest.class.getResourceAsStream("/stores/" + store + ".zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = data.resolve(entry.getName());
        MoreFiles.createParentDirectories(file);
        Files.copy(zip, file);
      }
    }
    // The embedded S3 keeps metadata in attributes of its files, which a ZIP does not have.
    Path attributes = data.resolve("attributes.json");
    for (Map.Entry<String, JsonNode> file : JSON.readTree(attributes.toFile()).properties()) {
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(
              data.resolve(file.getKey()), UserDefinedFileAttributeView.class);
      for (Map.Entry<String, JsonNode> attribute : file.getValue().properties()) {
        view.write(attribute.getKey(), ByteBuffer.wrap(attribute.getValue().binaryValue()));
      }
    }
    Files.delete(attributes);
  }
}

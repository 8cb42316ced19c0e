package routes.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.Lake;
import routes.RunningApp;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Dead letters from their making to their end, with what an operator asks over HTTP. */
class DeadLetterPipelineTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TIME = "2026-11-20T09:00:00Z";
  private static final String HOUR = "service=fixed/year=2026/month=11/day=20/hour=09";

  /** For each reason a record that is rejected for it, with the id {@code %s}. */
  private static final Map<String, String> REJECTED = new LinkedHashMap<>();

  static {
    REJECTED.put("not-json", "{\"record_id\":\"%s\"");
    REJECTED.put("not-utf-8", "{\"record_id\":\"%s\",\"m\":\"\u00ff\"}");
    REJECTED.put("not-an-object", "\"%s\"");
    REJECTED.put("too-large", "{\"record_id\":\"%s\",\"m\":\"" + "x".repeat(1_047_600) + "\"}");
    REJECTED.put(
        "too-deep", "{\"record_id\":\"%s\",\"m\":" + "[".repeat(150) + "]".repeat(150) + "}");
    REJECTED.put("no-service", "{\"record_id\":\"%s\",\"timestamp\":\"" + TIME + "\"}");
    REJECTED.put(
        "bad-service", "{\"record_id\":\"%s\",\"timestamp\":\"" + TIME + "\",\"service\":7}");
    REJECTED.put("no-timestamp", "{\"record_id\":\"%s\",\"service\":\"fixed\"}");
    REJECTED.put(
        "bad-timestamp", "{\"record_id\":\"%s\",\"timestamp\":\"soon\",\"service\":\"fixed\"}");
    REJECTED.put(
        "before-1970",
        "{\"record_id\":\"%s\",\"timestamp\":\"1969-12-31T23:59:59Z\",\"service\":\"fixed\"}");
    REJECTED.put(
        "too-far-in-future",
        "{\"record_id\":\"%s\",\"timestamp\":\"2999-01-01T00:00:00Z\",\"service\":\"fixed\"}");
  }

  private static final List<String> MENDABLE =
      REJECTED.keySet().stream()
          .filter(reason -> reason.matches(".*(service|time|1970|future).*"))
          .toList();

  @TempDir Path home;
  private RunningApp app;

  @BeforeEach
  void start() throws Exception {
    app = RunningApp.start(home, Map.of("DEAD_LETTER_HTTP", "true"));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void every_reason_is_told_mended_or_discarded() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (Map.Entry<String, String> record : REJECTED.entrySet()) {
      file.writeBytes(bytes(record.getValue(), "file-" + record.getKey()));
      file.write('\n');
      byte[] onStream = bytes(record.getValue(), "stream-" + record.getKey());
      // The stream may hold larger records than are published.
      app.putOnStream(
          record.getKey().equals("too-large")
              ? gzip(bytes("{\"record_id\":\"%s\",\"m\":\"" + "x".repeat(10 << 20) + "\"}", "s"))
              : onStream);
      byte[] body = bytes(record.getValue(), "http-" + record.getKey());
      assertThat(app.post("/api/ingest", "application/json", body).statusCode()).isEqualTo(400);
    }
    dropIntoInbox(file.toByteArray());

    List<String> expected = new ArrayList<>();
    for (String reason : REJECTED.keySet()) {
      String service = MENDABLE.contains(reason) && !reason.endsWith("service") ? "fixed" : "-";
      expected.add(reason + " ingest-files file " + service);
      expected.add(reason + " deliver stream " + service);
      expected.add(reason + " ingest-http http " + service);
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(lettersOnQueue()).containsExactlyInAnyOrderElementsOf(expected));

    assertThat(
            post(
                "replay",
                "{\"all\":true,\"set\":{\"service\":\"fixed\",\"timestamp\":\"%s\"}}"
                    .formatted(TIME)))
        .isEqualTo(
            json(
                "{\"replayed\":18,\"invalid\":15,\"missing\":0,\"notRemoved\":0,\"scanned\":48,\"complete\":true}"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(app.lake().linesOf("fixed")).isEqualTo(Map.of(HOUR, mended())));
    for (JsonNode letter : get("").path("items")) {
      assertThat(letter.path("attempts").intValue()).isEqualTo(2);
    }

    String all = "{\"all\":true}";
    assertThat(
            app.dashboard("/api/dead-letters/discard", all, "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(post("discard", "{\"reason\":[\"not-json\",\"too-deep\"]}"))
        .isEqualTo(json("{\"discarded\":6,\"notRemoved\":0,\"scanned\":15,\"complete\":true}"));
    assertThat(post("discard", all).path("discarded").intValue()).isEqualTo(9);
    assertThat(get(""))
        .isEqualTo(
            json(
                "{\"items\":[],\"found\":0,\"byReason\":{},\"byService\":{},\"scanned\":0,\"complete\":true,\"looking\":false,\"queue\":{\"visible\":0,\"hidden\":0}}"));
    assertThat(errors()).isEmpty();
  }

  @Test
  void poison_of_any_size_is_kept_byte_for_byte_until_it_is_discarded() throws Exception {
    byte[] binary = new byte[1 << 20];
    new Random(1).nextBytes(binary);
    for (int i = 0; i < binary.length; i++) {
      binary[i] = binary[i] == '\n' ? 0 : binary[i];
    }
    binary[0] = (byte) 0xff;
    binary[binary.length - 1] = (byte) 0xff;
    List<byte[]> poison =
        List.of("x".repeat(1 << 20).getBytes(UTF_8), "y".repeat(5 << 20).getBytes(UTF_8), binary);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] line : poison) {
      file.writeBytes(line);
      file.write('\n');
    }
    dropIntoInbox(file.toByteArray());
    app.putOnStream(gzip("z".repeat(5 << 20).getBytes(UTF_8)));

    await().atMost(SOON).untilAsserted(() -> assertThat(get("").path("items")).hasSize(4));
    List<byte[]> kept = new ArrayList<>();
    for (JsonNode letter : get("").path("items")) {
      JsonNode object = letter.path("record_object");
      assertThat(object.path("key").textValue())
          .matches(
              "errors/year=\\d{4}/month=\\d\\d/day=\\d\\d/hour=\\d\\d/"
                  + letter.path("id").textValue());
      kept.add(
          app.aws()
              .s3()
              .getObjectAsBytes(r -> r.bucket("md-raw-logs").key(object.path("key").textValue()))
              .asByteArray());
    }
    assertThat(kept)
        .containsExactlyInAnyOrder(
            poison.get(0), poison.get(1), poison.get(2), "z".repeat(5 << 20).getBytes(UTF_8));

    assertThat(post("replay", "{\"all\":true}").path("invalid").intValue()).isEqualTo(4);
    assertThat(errors()).hasSize(4);
    assertThat(post("discard", "{\"all\":true}").path("discarded").intValue()).isEqualTo(4);
    assertThat(errors()).isEmpty();
  }

  @Test
  void a_record_that_comes_back_from_the_stream_has_one_attempt_more() throws Exception {
    app.putOnStream("{\"service\":\"fixed\",\"timestamp\":\"soon\",\"replayed\":4}");

    await().atMost(SOON).untilAsserted(() -> assertThat(get("").path("items")).hasSize(1));
    assertThat(get("").path("items").path(0).path("attempts").intValue()).isEqualTo(5);
    post("replay", "{\"all\":true,\"set\":{\"timestamp\":\"%s\"}}".formatted(TIME));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(app.lake().linesOf("fixed"))
                    .isEqualTo(
                        Map.of(
                            HOUR,
                            List.of(
                                "{\"service\":\"fixed\",\"timestamp\":\"%s\",\"replayed\":5"
                                        .formatted(TIME)
                                    + Lake.SOME_ID))));
  }

  @Test
  void a_letter_replayed_twice_is_one_record() throws Exception {
    String letter = "{\"service\":\"fixed\",\"message\":\"without an id\"}";
    app.putOnStream(letter);
    await().atMost(SOON).untilAsserted(() -> assertThat(get("").path("items")).hasSize(1));
    String queue = app.aws().sqs().getQueueUrl(r -> r.queueName("stage01-dlq")).queueUrl();
    String message =
        app.aws()
            .sqs()
            .receiveMessage(r -> r.queueUrl(queue).visibilityTimeout(0))
            .messages()
            .get(0)
            .body();
    String replay = "{\"all\":true,\"set\":{\"timestamp\":\"%s\"}}".formatted(TIME);

    assertThat(post("replay", replay).path("replayed").intValue()).isEqualTo(1);
    app.aws().sqs().sendMessage(r -> r.queueUrl(queue).messageBody(message));
    assertThat(post("replay", replay).path("replayed").intValue()).isEqualTo(1);

    // The copy leaves an object without a line.
    await().atMost(SOON).until(() -> objects("service=fixed/").size() == 2);
    assertThat(app.lake().linesOf("fixed").get(HOUR)).hasSize(1);
  }

  private List<String> lettersOnQueue() throws Exception {
    List<String> letters = new ArrayList<>();
    for (JsonNode letter : get("").path("items")) {
      letters.add(
          "%s %s %s %s"
              .formatted(
                  letter.path("reason").textValue(),
                  letter.path("stage").textValue(),
                  letter.path("source").path("type").textValue(),
                  letter.path("service").asText("-")));
    }
    return letters;
  }

  /** What of {@link #REJECTED} can be mended, with service and time set where they were wrong. */
  private static List<String> mended() {
    List<String> lines = new ArrayList<>();
    for (String source : List.of("file", "stream", "http")) {
      for (String reason : MENDABLE) {
        String record = REJECTED.get(reason).formatted(source + "-" + reason);
        if (record.contains("\"service\"")) {
          record = record.replace(":7}", ":\"fixed\"}");
        } else {
          record = record.replace("}", ",\"service\":\"fixed\"}");
        }
        if (record.contains("\"timestamp\"")) {
          record = record.replaceFirst("(\"timestamp\":)\"[^\"]+\"", "$1\"" + TIME + "\"");
        } else {
          record = record.replace("}", ",\"timestamp\":\"" + TIME + "\"}");
        }
        lines.add(record.replace("}", ",\"replayed\":1}"));
      }
    }
    lines.sort(null);
    return lines;
  }

  private List<S3Object> errors() {
    return objects("errors/");
  }

  private List<S3Object> objects(String prefix) {
    return app.aws().s3().listObjectsV2(r -> r.bucket("md-raw-logs").prefix(prefix)).contents();
  }

  private void dropIntoInbox(byte[] content) throws IOException {
    Path draft = home.resolve("draft");
    Files.write(draft, content);
    Files.move(draft, home.resolve("inbox/new.jsonl"), StandardCopyOption.ATOMIC_MOVE);
  }

  private JsonNode get(String query) throws Exception {
    return json(app.dashboard("/api/dead-letters" + query, null).body());
  }

  private JsonNode post(String what, String body) throws Exception {
    return json(app.dashboard("/api/dead-letters/" + what, body).body());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  /** Latin-1, so that one character is one byte and need not be UTF-8. */
  private static byte[] bytes(String record, String id) {
    return record.formatted(id).getBytes(ISO_8859_1);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}

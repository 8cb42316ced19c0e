package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.json.ByteSlice;

/** What the pipeline promises from end to end, on whatever cloud it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineContract {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MAX_RECORDS = 3;
  private static final String LONG_MILLIS = "3600000";

  private Path home;
  private RunningApp app;
  private DeadLetterQueue deadLetters;

  /** The settings of a cloud that holds nothing yet; the same folder gives the same cloud. */
  abstract Map<String, String> cloud(Path folder);

  void startCloud() throws Exception {}

  void stopCloud() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    startCloud();
    home = folder;
    app = start(folder, "200");
    deadLetters = app.deadLetters();
  }

  @AfterAll
  void stop() throws IOException {
    try (RunningApp running = app) {
      if (running != null) {
        running.assertLakeIsReadable();
      }
    } finally {
      stopCloud();
    }
  }

  private RunningApp start(Path folder, String flushMillis) throws Exception {
    Map<String, String> env = new HashMap<>(cloud(folder));
    env.put("INBOX_DIR", folder.resolve("inbox").toString());
    env.put("FLUSH_INTERVAL_MS", flushMillis);
    env.put("FLUSH_MAX_RECORDS", Integer.toString(MAX_RECORDS));
    return RunningApp.start(env);
  }

  @Test
  void a_record_over_http_lies_byte_for_byte_in_the_hour_of_its_own_timestamp() throws Exception {
    String record =
        "{ \"timestamp\":\"2024-02-29T23:59:59.999Z\", \"service\":\"one\",\"n\":1.50, \"m\":\"\\u00e9 é\"}";

    HttpResponse<String> answer = app.post("/api/ingest", "application/json", record);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
    assertDelivered(
        "one",
        Map.of("service=one/year=2024/month=02/day=29/hour=23", List.of(withIngestId(record))));
  }

  @Test
  void the_records_of_an_array_are_parted_by_service_and_utc_hour() throws Exception {
    String first = record("array", "2024-03-01T00:30:00+01:00", 1);
    String second = record("array", "2024-03-01T00:30:00Z", 2);
    String third = record("array%2F", "2024-03-01T00:30:00Z", 3);

    assertThat(
            app.post(
                    "/api/ingest/batch",
                    "application/json",
                    "[%s,\n %s,%s]".formatted(first, second, third))
                .statusCode())
        .isEqualTo(200);

    assertDelivered(
        "array",
        Map.of(
            "service=array/year=2024/month=02/day=29/hour=23", List.of(first),
            "service=array/year=2024/month=03/day=01/hour=00", List.of(second)));
    assertDelivered(
        "array%252F",
        Map.of("service=array%252F/year=2024/month=03/day=01/hour=00", List.of(third)));
  }

  @Test
  void newline_delimited_records_are_taken_too() throws Exception {
    List<String> records =
        Stream.of(1, 2, 3, 4).map(n -> record("lines", "2024-03-01T10:00:00Z", n)).toList();

    assertThat(
            app.post("/api/ingest", "application/x-ndjson", String.join("\n", records))
                .statusCode())
        .isEqualTo(200);

    assertDelivered("lines", Map.of("service=lines/year=2024/month=03/day=01/hour=10", records));
  }

  @Test
  void rejected_records_are_answered_by_index_and_the_others_delivered() throws Exception {
    String good = record("mixed", "2024-03-01T10:00:00Z", 1);

    HttpResponse<String> answer =
        app.post(
            "/api/ingest",
            "application/json",
            "[{\"service\":\"mixed\"},%s,{\"timestamp\":\"2024-03-01T10:00:00Z\"}]"
                .formatted(good));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().replaceAll("\"message\":\"[^\"]+\"", "\"message\":…"))
        .isEqualTo(
            "{\"accepted\":1,\"rejected\":2,\"errors\":["
                + "{\"index\":0,\"reason\":\"no-timestamp\",\"message\":…},"
                + "{\"index\":2,\"reason\":\"no-service\",\"message\":…}]}");
    assertDelivered(
        "mixed", Map.of("service=mixed/year=2024/month=03/day=01/hour=10", List.of(good)));
  }

  @Test
  void a_file_in_the_inbox_is_delivered_and_what_is_no_record_is_a_dead_letter() throws Exception {
    String first = record("file", "2024-03-01T10:00:00Z", 1);
    String second = "{\"timestamp\":\"2024-03-01T11:00:00Z\",\"service\":\"file\"}";
    String content = first + "\n{no record}\n" + second;

    Files.writeString(home.resolve("inbox/new.jsonl"), content);

    assertDelivered(
        "file",
        Map.of(
            "service=file/year=2024/month=03/day=01/hour=10", List.of(first),
            "service=file/year=2024/month=03/day=01/hour=11", List.of(withIngestId(second))));
    await().atMost(SOON).until(() -> jsonlFilesIn("inbox").isEmpty());
    assertThat(jsonlFilesIn("inbox/done"))
        .singleElement()
        .satisfies(file -> assertThat(file).hasContent(content));
    assertThat(deadLettersOf(Source.File.class))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("not-json");
              assertThat(letter.stage()).isEqualTo("ingest-files");
              Source.File source = (Source.File) letter.source();
              assertThat(source.file()).isEqualTo(home.resolve("inbox/new.jsonl").toString());
              assertThat(Instant.parse(source.since())).isBeforeOrEqualTo(letter.at());
              assertThat(source.offset()).isEqualTo(first.length() + 1L);
              assertThat(source.line()).isEqualTo(2);
            });
  }

  @Test
  void poison_on_the_stream_is_a_dead_letter_and_its_neighbours_are_delivered() {
    String record = record("stream", "2024-03-01T10:00:00Z", 1);

    String sequenceNumber = app.putOnStream("{\"service\":\"stream\"}");
    app.putOnStream(record);

    assertDelivered(
        "stream", Map.of("service=stream/year=2024/month=03/day=01/hour=10", List.of(record)));
    assertThat(deadLettersOf(Source.Stream.class))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).isEqualTo("no-timestamp");
              assertThat(letter.stage()).isEqualTo("deliver");
              assertThat(letter.source()).isInstanceOf(Source.Stream.class);
              Source.Stream source = (Source.Stream) letter.source();
              assertThat(source.stream()).isEqualTo(app.settings().resources().stream());
              assertThat(source.sequenceNumber()).isEqualTo(sequenceNumber);
              assertThat(letter.content())
                  .isEqualTo(new Original.InMemory(ByteSlice.utf8("{\"service\":\"stream\"}")));
            });
  }

  /**
   * The stop flushes what is open, here a record that would wait for an hour. The second start
   * reads nothing twice: it would repeat the dead letter, which unlike an object is not recognised.
   */
  @Test
  void a_second_start_goes_on_where_the_first_stopped(@TempDir Path folder) throws Exception {
    String open = record("open", "2024-03-01T10:00:00Z", 1);
    List<String> full = full("full");
    try (RunningApp first = start(folder, LONG_MILLIS)) {
      first.putOnStream("poison");
      first.putOnStream(open);
      assertThat(first.ingest(full.toString())).isEqualTo(200);
      await().atMost(SOON).until(() -> !first.lake().linesOf("full").isEmpty());
      assertThat(first.lake().linesOf("open")).isEmpty();
    }

    List<String> more = full("more");
    try (RunningApp second = start(folder, LONG_MILLIS)) {
      DeadLetterQueue letters = second.deadLetters();
      assertThat(second.ingest(more.toString())).isEqualTo(200);
      await().atMost(SOON).until(() -> !second.lake().linesOf("more").isEmpty());

      assertThat(second.lake().lines())
          .isEqualTo(
              Map.of(
                  "service=open/year=2024/month=03/day=01/hour=10", List.of(open),
                  "service=full/year=2024/month=03/day=01/hour=10", full,
                  "service=more/year=2024/month=03/day=01/hour=10", more));
      assertThat(letters.takeAll()).hasSize(1);
    }
  }

  /** As many records as close an object. */
  private static List<String> full(String service) {
    return IntStream.range(0, MAX_RECORDS)
        .mapToObj(number -> record(service, "2024-03-01T10:00:00Z", number))
        .toList();
  }

  private List<DeadLetter> deadLettersOf(Class<?> source) {
    return deadLetters.takeAll().stream().filter(l -> source.isInstance(l.source())).toList();
  }

  private List<Path> jsonlFilesIn(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private void assertDelivered(String service, Map<String, List<String>> expected) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(app.lake().linesOf(service)).isEqualTo(expected));
  }

  private static String record(String service, String time, int number) {
    return "{\"timestamp\":\"%s\",\"service\":\"%s\",\"record_id\":\"%s-%d\"}"
        .formatted(time, service, service, number);
  }

  private static String withIngestId(String record) {
    return record.substring(0, record.length() - 1) + Lake.SOME_ID;
  }
}

package routes.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ApiDescription;
import routes.RunningApp;
import routes.format.Lines;
import routes.format.Parquet;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;
import software.amazon.awssdk.core.sync.RequestBody;

/** What lies in the lake is searched, shown and given out, however it is packed. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardLakeTest {

  private static final String DAY = "year=2026/month=11/day=20/";
  private static final String PLAIN = "service=web/" + DAY + "hour=10/part-1.jsonl";
  private static final String GZIP = "service=web/" + DAY + "hour=11/part-1.jsonl.gz";
  private static final String ZSTD = "service=b%2Fc/" + DAY + "hour=12/part-1.jsonl.zst";
  private static final String PARQUET = "service=table/" + DAY + "hour=09/part-1.parquet";
  private static final String BROKEN = "service=web/" + DAY + "hour=13/part-1.jsonl.gz";

  private RunningApp app;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    app =
        RunningApp.start(
            Map.of(
                "DATA_DIR", home.resolve("data").toString(),
                "INBOX_DIR", home.resolve("inbox").toString()));
    put(PLAIN, (line("10:05", "INFO", "one") + line("10:01", "WARN", "two")).getBytes(UTF_8));
    put(GZIP, gzip(line("11:00", "warning", "three-\\u00e9") + line("11:30", "ERROR", "Four")));
    put(ZSTD, Zstd.compress(line("12:00", "err", "five").getBytes(UTF_8)));
    put(PARQUET, parquet(line("09:30", "INFO", "zero")));
    put(BROKEN, Arrays.copyOf(gzip(line("13:00", "INFO", "lost")), 20));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', five Four three-é one two zero",
    "service=table, zero",
    "limit=2, five Four",
    "service=web, Four three-é one two",
    "service=b/c, five",
    "service=none, ''",
    "level=warn, three-é two",
    "query=level:<error, three-é one two zero",
    "query=service:b* OR two, five two",
    "query=NOT message:(one OR two) service:web, Four three-é",
    "level=ERROR, five Four",
    "text=FOUR, Four",
    "text=é, three-é",
    "text=\"message\":\"one\", one",
    "from=2026-11-20T10:05:00Z&to=2026-11-20T11:30:00Z, three-é one",
    "near=2026-11-20T10:05:00Z, five Four three-é one two zero",
    "near=2026-11-20T10:05:00Z&limit=2, five Four"
  })
  void a_search_finds_the_newest_first(String query, String expected) throws Exception {
    List<JsonNode> lines = search(query);

    List<String> found = new ArrayList<>();
    for (JsonNode line : lines) {
      if (line.path("type").asText().equals("record")) {
        String message =
            ApiDescription.JSON.readTree(line.at("/record/line").asText()).path("message").asText();
        found.add(message);
      }
    }
    assertThat(String.join(" ", found)).isEqualTo(expected);
    JsonNode end = lines.get(lines.size() - 1);
    assertThat(end.path("type").asText()).isEqualTo("done");
    assertThat(end.path("reached").asText()).isEqualTo(query.contains("limit") ? "limit" : "end");
  }

  @Test
  void a_search_goes_on_where_it_reached_its_limit() throws Exception {
    List<JsonNode> first = search("limit=2");

    String next = first.get(first.size() - 1).path("next").asText();

    assertThat(next).isEqualTo("2026-11-20T11:30:00.000000001Z");
    List<JsonNode> second = search("limit=2&to=" + next);
    assertThat(second.stream().map(line -> line.at("/record/time").asText()))
        .containsSubsequence("2026-11-20T11:30:00Z", "2026-11-20T11:00:00Z");
  }

  @Test
  void an_object_that_cannot_be_unpacked_is_told_and_the_rest_searched() throws Exception {
    assertThat(search("service=web"))
        .filteredOn(line -> line.path("type").asText().equals("skipped"))
        .extracting(line -> line.path("what").asText())
        .containsExactly(BROKEN);
    assertThat(app.get("/api/s3/object/md-raw-logs/" + path(BROKEN)).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    PLAIN + ", none, one two",
    GZIP + ", gzip, three-é Four",
    ZSTD + ", zstd, five",
    PARQUET + ", parquet, zero"
  })
  void lines_are_shown_unpacked(String key, String compression, String messages) throws Exception {
    JsonNode preview =
        ApiDescription.JSON.readTree(app.get("/api/s3/object/md-raw-logs/" + path(key)).body());

    List<String> shown = new ArrayList<>();
    for (JsonNode line : preview.path("lines")) {
      shown.add(ApiDescription.JSON.readTree(line.path("text").asText()).path("message").asText());
    }
    assertThat(preview.path("compression").asText()).isEqualTo(compression);
    assertThat(String.join(" ", shown)).isEqualTo(messages);
  }

  @Test
  void an_object_is_given_out_as_it_is() throws Exception {
    HttpResponse<byte[]> answer =
        bytes("/api/s3/object/md-raw-logs/" + path(ZSTD) + "?download=true");

    assertThat(answer.body()).isEqualTo(stored(ZSTD));
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''part-1.jsonl.zst");
  }

  @Test
  void a_set_of_objects_is_given_out_as_an_archive_or_as_lines() throws Exception {
    String set = "/api/s3/bucket/md-raw-logs/download?service=web&to=2026-11-20T11:00:00Z";
    Map<String, byte[]> archive = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes(set).body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        archive.put(entry.getName(), zip.readAllBytes());
      }
    }

    assertThat(archive).containsOnlyKeys(PLAIN, GZIP).containsEntry(GZIP, stored(GZIP));
    assertThat(app.get(set + "&as=lines").body())
        .isEqualTo(
            line("10:05", "INFO", "one")
                + line("10:01", "WARN", "two")
                + line("11:00", "warning", "three-\\u00e9")
                + line("11:30", "ERROR", "Four"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "estimate"})
  void all_records_are_counted_by_time_level_and_service_beyond_those_that_are_wanted(String count)
      throws Exception {
    List<JsonNode> lines =
        search(
            "count=%s&limit=1&from=2026-11-20T10:00:00Z&to=2026-11-20T12:00:00Z".formatted(count));

    assertThat(lines)
        .filteredOn(line -> line.path("type").asText().equals("record"))
        .extracting(
            line -> line.at("/record/time").asText(), line -> line.at("/record/level").asText())
        .containsExactly(tuple("2026-11-20T11:30:00Z", "ERROR"));
    JsonNode counts =
        lines.stream()
            .filter(line -> line.path("type").asText().equals("counts"))
            .reduce((one, later) -> later)
            .orElseThrow();
    assertThat(counts.path("share").asDouble()).isEqualTo(1);
    assertThat(counts.path("stepSeconds").asInt()).isEqualTo(60);
    assertThat(counts.path("services")).hasToString("{\"web\":4}");
    assertThat(counts.path("cellSeconds").asInt()).isEqualTo(180);
    assertThat(counts.path("rows"))
        .hasToString(
            "{\"web\":{\"1795168800\":[1,0],\"1795168980\":[1,0],\"1795172400\":[1,0],\"1795174200\":[1,1]}}");
    assertThat(counts.path("times"))
        .hasToString(
            "{\"1795168860\":{\"WARN\":1},\"1795169100\":{\"INFO\":1},\"1795172400\":{\"WARN\":1},\"1795174200\":{\"ERROR\":1}}");
  }

  private List<JsonNode> search(String query) throws Exception {
    String encoded =
        query
            .replace("\"", "%22")
            .replace(" ", "%20")
            .replace("<", "%3C")
            .replace("é", URLEncoder.encode("é", UTF_8))
            .replace(":", "%3A");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : app.get("/api/logs/search?" + encoded).body().lines().toList()) {
      lines.add(ApiDescription.JSON.readTree(line));
    }
    return lines;
  }

  private HttpResponse<byte[]> bytes(String path) throws Exception {
    URI uri = URI.create("http://localhost:" + app.endpoints().dashboard() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  private byte[] stored(String key) {
    return app.aws().s3().getObjectAsBytes(get -> get.bucket("md-raw-logs").key(key)).asByteArray();
  }

  private void put(String key, byte[] content) {
    app.aws()
        .s3()
        .putObject(to -> to.bucket("md-raw-logs").key(key), RequestBody.fromBytes(content));
  }

  private static String path(String key) {
    return key.replace("%", "%25");
  }

  private static byte[] parquet(String line) throws IOException {
    RecordParsers parsers =
        new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
    return new Parquet(parsers, Integer.MAX_VALUE)
        .encode(new Lines(Signal.LOGS, List.of(line.strip())));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  private static String line(String time, String level, String message) {
    return "{\"timestamp\":\"2026-11-20T%s:00Z\",\"service\":\"web\",\"level\":\"%s\",\"message\":\"%s\"}\n"
        .formatted(time, level, message);
  }
}

package routes.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** Objects in Parquet, read by DuckDB, by Arrow and by our own reader, which is parquet-java's. */
class ParquetTest {

  private static final Path ARROW = Path.of("src", "test", "arrow");

  private final Parquet parquet =
      new Parquet(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Integer.MAX_VALUE);

  @TempDir Path folder;

  @Test
  void logs_have_their_fields_as_typed_columns() throws Exception {
    write(
        Lines.of(
            Signal.LOGS,
            """
            {"timestamp":"2026-11-20T09:00:00.123456789Z","service":"a","level":"WARN","message":"né\\n","trace_id":"0af7","span_id":"b7ad","record_id":"r1","deep":{"level":"no"}}""",
            """
            {"ts":1795770000000,"service":"a","level":40,"message":true,"ingest_id":"i1"}"""));

    assertThat(query("SELECT * EXCLUDE (record) FROM object ORDER BY timestamp"))
        .containsExactly(
            "2026-11-20T09:00:00.123456Z|WARN|né\n|0af7|b7ad|r1|null",
            "2026-11-27T09:00:00Z|40|true|null|null|null|i1");
    assertThat(query("SELECT column_type FROM (DESCRIBE object)"))
        .containsExactly(
            "TIMESTAMP WITH TIME ZONE",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR",
            "VARCHAR");
  }

  @Test
  void what_does_not_fit_its_column_is_null_there_and_whole_in_the_record() throws Exception {
    String odd =
        """
        {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":["x"],"type":null,"value":"many","count":18446744073709551615,"sum":"NaN","min":"-Infinity","max":1e400,"monotonic":"yes","start_timestamp":"yesterday","flags":1.5}""";
    write(Lines.of(Signal.METRICS, odd));

    assertThat(
            query(
                "SELECT name, type, value, count, sum, min, max, monotonic, start_timestamp, flags, record FROM object"))
        .containsExactly("null|null|null|null|NaN|-Infinity|Infinity|null|null|null|" + odd);
  }

  @Test
  void points_and_spans_have_numbers_as_numbers() throws Exception {
    write(
        Lines.of(
            Signal.METRICS,
            """
            {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":"n","type":"sum","value":9007199254740993,"count":9223372036854775807,"sum":0.1,"monotonic":true,"start_timestamp":"2026-11-20T08:00:00.000001Z","flags":1}"""));
    assertThat(query("SELECT value, count, sum, monotonic, start_timestamp, flags FROM object"))
        .containsExactly(
            "9.007199254740992E15|9223372036854775807|0.1|true|2026-11-20T08:00:00.000001Z|1");

    write(
        Lines.of(
            Signal.TRACES,
            """
            {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":"GET","trace_id":"5b8efff798038103d269b633813fc60c","span_id":"eee19b7ec3c1b174","kind":"SERVER","end_timestamp":"2026-11-20T09:00:01Z","duration_nanos":1000000000,"status_code":"ERROR"}"""));
    assertThat(query("SELECT name, kind, end_timestamp, duration_nanos, status_code FROM object"))
        .containsExactly("GET|SERVER|2026-11-20T09:00:01Z|1000000000|ERROR");
  }

  @Test
  void rows_are_sorted_by_time_and_those_of_one_time_stay_in_their_order() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < 5000; number++) {
      lines.add(
          """
          {"timestamp":"2026-11-20T09:%s:00Z","service":"a","n":%s}"""
              .formatted(10 + number * 7 % 40, number));
    }
    Collections.shuffle(lines, new Random(1));
    byte[] object = write(new Lines(Signal.LOGS, lines));

    List<String> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(line -> line.substring(0, 35)));
    assertThat(ownLines(object)).isEqualTo(sorted);
    assertThat(query("SELECT record FROM object")).isEqualTo(sorted);
  }

  @Test
  void a_trace_is_looked_up_by_a_bloom_filter_and_the_footer_tells_the_origin() throws Exception {
    write(
        new Lines(
            Signal.TRACES,
            IntStream.range(0, 1000)
                .mapToObj(
                    number ->
                        """
                        {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":"n","trace_id":"%s","span_id":"b7ad6b7169203331"}"""
                            .formatted("%032x".formatted(number + 1L)))
                .toList()));

    String probe = "SELECT bloom_filter_excludes FROM parquet_bloom_probe('%s', 'trace_id', '%s')";
    assertThat(query(probe.formatted(file(), "%032x".formatted(1L)))).containsExactly("false");
    assertThat(query(probe.formatted(file(), "f".repeat(32)))).containsExactly("true");
    assertThat(
            query(
                "SELECT decode(key) || '=' || decode(value) FROM parquet_kv_metadata('%s') ORDER BY 1"
                    .formatted(file())))
        .containsExactly(
            "format-version=1",
            "records=" + Lines.ORIGIN.get("records"),
            "shard=" + Lines.ORIGIN.get("shard"));
  }

  @Test
  @EnabledIf(
      value = "isArrowReady",
      disabledReason = "it needs Node and npm ci --prefix src/test/arrow")
  void arrow_reads_types_and_rows_as_they_were_written() throws Exception {
    String first =
        """
        {"timestamp":"2026-11-20T09:00:00.000001Z","service":"a","name":"GÉT","trace_id":"5b8efff798038103d269b633813fc60c","span_id":"eee19b7ec3c1b174","kind":"SERVER","end_timestamp":"2026-11-20T09:00:01Z","duration_nanos":1000000000,"status_code":"ERROR"}""";
    String second = "{\"timestamp\":\"2026-11-20T09:00:01Z\",\"service\":\"a\",\"name\":[1]}";
    write(Lines.of(Signal.TRACES, first, second));

    List<JsonNode> read = arrow();
    List<String> types = new ArrayList<>();
    read.get(0).forEach(type -> types.add(type.textValue()));
    assertThat(types)
        .contains("timestamp Timestamp<MICROSECOND, UTC>", "duration_nanos Int64", "trace_id Utf8")
        .last()
        .isEqualTo("record Utf8");
    assertThat(read).hasSize(3);
    assertThat(column(read, types, "name Utf8")).containsExactly("GÉT", "null");
    assertThat(column(read, types, "duration_nanos Int64")).containsExactly("1000000000", "null");
    assertThat(column(read, types, "record Utf8")).containsExactly(first, second);
  }

  private static List<String> column(List<JsonNode> read, List<String> types, String type) {
    return read.stream().skip(1).map(row -> row.get(types.indexOf(type)).asText()).toList();
  }

  private List<JsonNode> arrow() throws IOException, InterruptedException {
    Process node = node(ARROW.resolve("read.mjs").toString(), file().toString()).start();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(node.getInputStream().readAllBytes(), UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(node.waitFor()).isZero();
    return lines;
  }

  static boolean isArrowReady() throws InterruptedException {
    try {
      return Files.isDirectory(ARROW.resolve("node_modules"))
          && node("--version").start().waitFor() == 0;
    } catch (IOException noNode) {
      return false;
    }
  }

  private static ProcessBuilder node(String... arguments) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void the_same_records_give_the_same_bytes(Signal signal) throws IOException {
    Lines lines =
        Lines.of(
            signal,
            """
            {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":"n","value":1}""",
            """
            {"timestamp":"2026-11-20T09:00:00Z","service":"a","name":"m","value":2}""");

    assertThat(parquet.encode(lines)).isEqualTo(parquet.encode(lines));
  }

  @Test
  void the_docs_name_the_columns() throws IOException {
    List<String> docs = Files.readAllLines(Path.of("docs", "parquet.md"));
    for (Signal signal : Signal.values()) {
      assertThat(docs)
          .contains(
              "| %s | %s |"
                  .formatted(
                      signal.word(),
                      Column.of(signal).stream()
                          .map(column -> "`" + column.name() + "`")
                          .collect(Collectors.joining(", "))));
    }
  }

  @Test
  void an_object_without_records_can_be_read() throws Exception {
    assertThat(ownLines(write(Lines.of(Signal.LOGS)))).isEmpty();
    assertThat(query("SELECT count(*) FROM object")).containsExactly("0");
  }

  @Test
  void what_is_cut_is_refused_and_leaves_no_file() throws IOException {
    byte[] object =
        parquet.encode(Lines.of(Signal.LOGS, "{\"timestamp\":\"2026-11-20T09:00:00Z\"}"));
    List<Path> before = temporary();

    for (int length : new int[] {4, 11, 12, object.length / 2, object.length - 1}) {
      assertThatThrownBy(() -> ownLines(Arrays.copyOf(object, length)))
          .isInstanceOf(IOException.class);
    }
    assertThat(ownLines(object)).hasSize(1);

    assertThat(temporary()).isEqualTo(before);
  }

  @Test
  void a_page_that_is_damaged_is_told_as_a_damaged_object() throws IOException {
    byte[] object =
        parquet.encode(
            new Lines(
                Signal.LOGS,
                IntStream.range(0, 1000)
                    .mapToObj(n -> "{\"n\":\"%s\"}".formatted(n * 7919))
                    .toList()));
    // All columns but the last, which has the records, are empty.
    Arrays.fill(object, object.length / 3, object.length / 2, (byte) 0x55);

    assertThatThrownBy(() -> ownLines(object)).isInstanceOf(IOException.class);
  }

  @Test
  void a_table_of_something_else_is_told_as_such() throws Exception {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("COPY (SELECT 1 AS x) TO '%s' (FORMAT parquet)".formatted(file()));
    }

    assertThatThrownBy(() -> ownLines(Files.readAllBytes(file()))).isInstanceOf(IOException.class);
  }

  private static List<Path> temporary() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static List<String> ownLines(byte[] object) throws IOException {
    try (InputStream lines = ParquetLines.open(new ByteArrayInputStream(object))) {
      return new String(lines.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private byte[] write(Lines lines) throws IOException {
    byte[] object = parquet.encode(lines);
    Files.write(file(), object);
    return object;
  }

  private Path file() {
    return folder.resolve("object.parquet");
  }

  /** The rows, their values joined by bars; {@code object} is the object. */
  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      statement.execute("CREATE VIEW object AS FROM read_parquet('%s')".formatted(file()));
      try (ResultSet found = statement.executeQuery(sql)) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          List<String> values = new ArrayList<>();
          for (int column = 1; column <= columns; column++) {
            Object value = found.getObject(column);
            values.add(
                value instanceof OffsetDateTime time
                    ? time.toInstant().toString()
                    : String.valueOf(value));
          }
          rows.add(String.join("|", values));
        }
      }
    }
    return rows;
  }
}

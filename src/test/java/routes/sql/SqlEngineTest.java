package routes.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.HttpProblem;
import routes.signal.Signal;
import routes.sql.SqlEngine.Format;

class SqlEngineTest {

  private static final Instant FROM = Instant.parse("2026-11-20T09:00:00Z");
  private static final long HOUR = FROM.getEpochSecond() / 3600;
  private static final Path NO_LIB = Path.of("none");

  @TempDir Path folder;
  private final SqlEngine engine = new SqlEngine(NO_LIB, Duration.ofSeconds(60));

  @Test
  void a_table_has_the_columns_of_parquet_with_service_hour_and_record() throws Exception {
    assertThat(rows("DESCRIBE traces", table(Signal.TRACES, List.of())))
        .contains("duration_nanos", "\"BIGINT\"", "service", "hour", "\"JSON\"");
    assertThat(rows("SELECT count(*) AS n FROM metrics", table(Signal.METRICS, List.of())))
        .isEqualTo("{\"n\":0}\n");
  }

  @Test
  void records_of_a_time_are_found_whatever_packs_their_objects() throws Exception {
    String first =
        "{\"timestamp\":\"2026-11-20T09:00:01Z\",\"service\":\"a/b\",\"level\":\"INFO\",\"n\":1}\n";
    String late =
        "{\"timestamp\":\"2026-11-20T09:59:59Z\",\"service\":\"a/b\",\"level\":\"WARN\",\"n\":2}\n";
    String odd = "{\"timestamp\":\"20/Nov/2026:09:00:00 +0000\",\"service\":\"a/b\",\"n\":3}\n";
    Path plain = copy("a%2Fb", "1.jsonl", (first + odd).getBytes(StandardCharsets.UTF_8));
    Path packed =
        copy("a%2Fb", "2.jsonl.zst", Zstd.compress(late.getBytes(StandardCharsets.UTF_8)));
    TableView all = table(Signal.LOGS, List.of(plain, packed));

    assertThat(
            rows(
                "SELECT service, level, record->'$.n' AS n FROM logs ORDER BY timestamp, n DESC",
                all))
        .isEqualTo(
            """
            {"service":"a/b","level":null,"n":3}
            {"service":"a/b","level":"INFO","n":1}
            {"service":"a/b","level":"WARN","n":2}
            """);
    TableView half =
        new TableView(Signal.LOGS, all.lines(), List.of(), FROM, FROM.plusSeconds(1800));
    assertThat(rows("SELECT count(*) AS n FROM logs", half)).isEqualTo("{\"n\":2}\n");
  }

  @Test
  void a_result_is_written_in_order_up_to_its_limit_with_its_columns() throws Exception {
    SqlResult result =
        engine.run(
            "SELECT range AS n, 'a' || range AS t FROM range(50) ORDER BY n DESC -- so",
            List.of(),
            folder,
            Format.CSV,
            2,
            kill -> {});

    assertThat(result.columns())
        .containsExactly(new SqlResult.Column("n", "BIGINT"), new SqlResult.Column("t", "VARCHAR"));
    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.file()).hasContent("n,t\n49,a49\n48,a48\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/passwd')",
        "SELECT * FROM read_json('http://localhost:1/')",
        "SELECT * FROM read_text('s3://md-raw-logs/a')",
        "COPY (SELECT 1) TO 'copy.csv'",
        "SELECT 1) TO 'copy.csv'; SELECT (1",
        "ATTACH 'other.db'",
        "ATTACH ':memory:' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD 'other.so'",
        "SET memory_limit = '8GB'",
        "SET enable_external_access = true",
        "RESET threads",
        "PRAGMA threads = 8",
        "CALL pragma_version()",
        "SELECT getenv('HOME')",
        "EXPORT DATABASE 'export'",
        "CREATE TABLE t AS SELECT 1",
        "CREATE OR REPLACE VIEW logs AS SELECT 1",
        "INSERT INTO logs SELECT 1",
        "CREATE SECRET (TYPE s3)",
        "SELECT 1; SELECT 2",
        "EXPLAIN ANALYZE SELECT 1",
        "",
        "selec 1",
        "SELECT count(DISTINCT range) FROM range(100000000)",
        "SELECT list(range) FROM range(1000000000)",
        "SELECT repeat('x', 2000000000) AS a, repeat('y', 2000000000) AS b",
        "SELECT length(repeat('x', 1900000000)) + length(repeat('y', 1900000000))",
        "SELECT repeat('x', 1000000) FROM range(1000000)",
      })
  void what_is_beyond_the_fence_is_refused_with_a_reason(String sql) throws Exception {
    HttpProblem refusal =
        catchThrowableOfType(
            HttpProblem.class,
            () ->
                engine.run(
                    sql,
                    List.of(table(Signal.LOGS, List.of())),
                    folder,
                    Format.JSON,
                    Long.MAX_VALUE,
                    kill -> {}));

    assertThat(refusal).isNotNull();
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.getMessage()).isNotBlank().doesNotContain("longer than");
    assertThat(folder.resolve("copy.csv")).doesNotExist();
    assertThat(folder.resolve("export")).doesNotExist();
    assertThat(folder.resolve("other.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM r",
        "SELECT sum(range) FROM range(100000000000000)",
      })
  void what_has_no_end_is_killed_when_its_time_is_up(String sql) {
    SqlEngine hasty = new SqlEngine(NO_LIB, Duration.ofSeconds(4));

    assertThatThrownBy(() -> hasty.run(sql, List.of(), folder, Format.JSON, 1, kill -> {}))
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("longer than 4 s");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void a_query_that_nobody_waits_for_is_killed() {
    String endless = "SELECT sum(range) FROM range(100000000000000)";

    assertThatThrownBy(() -> engine.run(endless, List.of(), folder, Format.JSON, 1, Runnable::run))
        .isInstanceOf(HttpProblem.class);
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void the_child_has_nothing_of_this_process_s_environment() throws Exception {
    List<String> environments = new ArrayList<>();

    engine.run(
        "SELECT 1",
        List.of(),
        folder,
        Format.JSON,
        1,
        kill -> ProcessHandle.current().children().forEach(child -> environments.add(read(child))));

    assertThat(environments)
        .singleElement()
        .asString()
        .contains("MALLOC_ARENA_MAX")
        .doesNotContain("PATH=", "HOME=");
  }

  /** All of it, which is not there yet while the process becomes another program. */
  private static String read(ProcessHandle process) {
    return await()
        .until(
            () -> Files.readString(Path.of("/proc/" + process.pid() + "/environ")),
            environment -> environment.contains("MALLOC_ARENA_MAX"));
  }

  @Test
  void the_driver_to_add_is_the_one_that_is_tried_here() throws IOException {
    String tried =
        Splitter.on(File.pathSeparatorChar)
            .splitToStream(System.getProperty("java.class.path"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.startsWith("duckdb_jdbc-"))
            .map(name -> name.replace("duckdb_jdbc-", "org.duckdb:duckdb_jdbc:"))
            .map(name -> name.replace(".jar", " "))
            .findFirst()
            .orElseThrow();

    assertThat(new SqlEngine(folder, Duration.ZERO).missing())
        .contains(tried)
        .endsWith("-DoutputDirectory=" + folder);
    assertThat(Files.readString(Path.of("docs/sql.md"))).contains(tried);
  }

  private String rows(String sql, TableView... tables) throws Exception {
    SqlResult result = engine.run(sql, List.of(tables), folder, Format.JSON, 1000, kill -> {});
    return Files.readString(result.file());
  }

  private static TableView table(Signal signal, List<Path> lines) {
    return new TableView(signal, lines, List.of(), FROM, FROM.plusSeconds(3600));
  }

  private Path copy(String service, String name, byte[] content) throws IOException {
    Path place =
        Files.createDirectories(folder.resolve("logs/service=" + service + "/hour=" + HOUR));
    return Files.write(place.resolve(name), content);
  }
}

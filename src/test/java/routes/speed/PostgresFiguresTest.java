package routes.speed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;
import static routes.ledger.Account.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.Resources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.Postgres;
import routes.ledger.Checkpoint;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.settings.Secret;
import routes.signal.Signal;
import routes.stream.StreamRead;

/** PostgreSQL itself. */
class PostgresFiguresTest extends FiguresContract {

  private static EmbeddedPostgres postgres;
  private static int databases;
  private static final int WRITERS = 2;
  private static final int KILLS = 3;
  private static final Duration RECOVERED = Duration.ofSeconds(60);
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

  @BeforeAll
  static void start() {
    postgres =
        Postgres.start().orElseGet(() -> abort("PostgreSQL does not start here, its log says why"));
  }

  @AfterAll
  static void stop() {
    if (postgres != null) {
      Postgres.close(postgres);
    }
  }

  @Test
  void the_queries_of_grafanas_dashboard_run() throws Exception {
    new Worker("a", Signal.LOGS).count(some(100));
    Map<String, Integer> rows = new TreeMap<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("docs/observability/grafana-figures.json").toFile());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (JsonNode panel : dashboard.get("panels")) {
        for (JsonNode target : panel.get("targets")) {
          try (ResultSet row = statement.executeQuery(filled(target.get("rawSql").asText()))) {
            int count = 0;
            while (row.next()) {
              count++;
            }
            rows.put(panel.get("title").asText() + " " + target.get("refId").asText(), count);
          }
        }
      }
      String p95 = dashboard.at("/panels/2/targets/0/rawSql").asText();
      try (ResultSet row = statement.executeQuery(filled(p95))) {
        row.next();
        assertThat(row.getDouble("p95")).isBetween(94 * 0.99, 94 * 1.01);
      }
      statement.executeQuery(filled(dashboard.at("/templating/list/2/query").asText()));
    }
    assertThat(rows)
        .isEqualTo(
            Map.of(
                "Records a second A", 1,
                "Errors A", 1,
                "How long it took A", 1,
                "Services A", 1,
                "Records a second, a day and a week before A", 1,
                "Records a second, a day and a week before B", 0,
                "Records a second, a day and a week before C", 0));
  }

  @Test
  void one_that_is_not_there_yet_is_found_when_it_comes() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://localhost:%s/postgres".formatted(port);
    try (Database later = new Database(url, user(), new Secret(""))) {
      FigureStore store = new FigureStore(later::connect);
      ShardId shard = new ShardId("stream", Instant.EPOCH, "a");
      assertThatThrownBy(() -> store.load(shard)).isInstanceOf(IllegalStateException.class);

      try (EmbeddedPostgres started = EmbeddedPostgres.builder().setPort(port).start()) {
        assertThat(store.load(shard)).isEqualTo(Checkpoint.NONE);
        try (Connection other = started.getPostgresDatabase().getConnection();
            Statement statement = other.createStatement()) {
          statement.execute(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'camel-app'");
        }
        await()
            .ignoreExceptionsInstanceOf(IllegalStateException.class)
            .until(() -> store.load(shard).equals(Checkpoint.NONE));
      }
    }
  }

  @Test
  void one_that_is_killed_while_shards_write_has_counted_all_and_nothing_twice() throws Exception {
    // Off in these binaries: a commit that was answered is to be there after a crash.
    execute("ALTER ROLE ALL SET synchronous_commit = on");
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> writers = new ArrayList<>();
    CountDownLatch killed = new CountDownLatch(KILLS);
    AtomicInteger counted = new AtomicInteger();
    for (int writer = 0; writer < WRITERS; writer++) {
      Worker worker = new Worker("shard-" + writer, Signal.LOGS);
      writers.add(
          threads.submit(
              () -> {
                while (killed.getCount() > 0) {
                  StreamRead read = worker.read(some(10));
                  await()
                      .atMost(RECOVERED)
                      .ignoreExceptionsInstanceOf(SQLException.class)
                      .until(() -> worker.count(read));
                  counted.addAndGet(10);
                }
              }));
    }
    while (killed.getCount() > 0) {
      int before = counted.get();
      await().atMost(RECOVERED).until(() -> counted.get() >= before + 10 * WRITERS);
      await()
          .atMost(RECOVERED)
          .ignoreExceptionsInstanceOf(SQLException.class)
          .until(() -> Postgres.kill(postgres));
      killed.countDown();
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();

    assertThat(number("SELECT sum(records) FROM speed.figures WHERE seconds = 60"))
        .isEqualTo(counted.get());
  }

  /** As the owner of the database, outside of any transaction. */
  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_day_of_minutes_is_a_partition_that_goes_as_a_whole() throws Exception {
    new Worker("a", Signal.LOGS).count(some(3));
    FigureStore store = new FigureStore(database::connect);
    store.keep(Key.MINUTE, DAY, DAY.plus(Duration.ofDays(1)));
    store.keep(Key.HOUR, DAY, DAY.plus(Duration.ofDays(1)));
    assertThat(partitions()).contains("minutes_20261120", "hours_20261101");
    assertThat(number("SELECT count(*) FROM speed.minutes_20261120")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM speed.minutes_other")).isZero();

    store.keep(Key.MINUTE, DAY.plus(Duration.ofDays(1)), DAY.plus(Duration.ofDays(2)));
    store.keep(Key.HOUR, DAY.plus(Duration.ofDays(1)), DAY.plus(Duration.ofDays(2)));

    assertThat(partitions()).doesNotContain("minutes_20261120").contains("hours_20261101");
  }

  @Test
  void what_was_counted_before_there_were_partitions_is_there() throws Exception {
    String url = url();
    try (Connection connection = DriverManager.getConnection(url, user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA speed; CREATE TABLE speed.version AS SELECT 1 AS version");
      statement.execute(
          Resources.toString(Resources.getResource(Schema.class, "/speed/1.sql"), UTF_8));
      statement.execute(
          "INSERT INTO speed.figures VALUES (60, '2026-11-20T09:00:00Z', 'logs', 'web', 'INFO', 7, 1, 0, '', 0, 0, NULL, NULL, NULL, NULL, '{}', '{}')");
    }
    try (Database upgraded = new Database(url, user(), new Secret(""));
        Connection connection = upgraded.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT tableoid::regclass, records FROM speed.figures")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("speed.minutes_other");
      assertThat(row.getLong(2)).isEqualTo(7);
    }
  }

  @Test
  void the_rights_of_the_docs_are_enough_and_none_is_too_many() throws Exception {
    String url = url();
    try (Database owner = new Database(url, user(), new Secret(""));
        Connection connection = owner.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS \"camel-app\"; CREATE ROLE \"camel-app\" LOGIN");
      statement.execute(rights());
      connection.commit();
    }
    try (Database app = new Database(url, "camel-app", new Secret(""))) {
      FigureStore store = new FigureStore(app::connect);
      ShardId shard = new ShardId("stream", Instant.EPOCH, "a");
      for (int i = 1; i <= 2; i++) {
        store.load(shard);
        store.add(
            shard,
            Signal.LOGS,
            new Position("" + i, 0),
            DAY,
            from -> Map.of(Key.of(Key.MINUTE, DAY, "web", "INFO"), new Figure()));
      }
      store.save(shard, new Checkpoint(Position.START, null, Map.of(), null, true, NONE), true);
      store.keep(Key.MINUTE, DAY, DAY.plus(Duration.ofDays(1)));
      store.keep(Key.MINUTE, DAY.plus(Duration.ofDays(1)), DAY.plus(Duration.ofDays(2)));
      for (String statement :
          List.of(
              "DELETE FROM speed.figures",
              "DELETE FROM speed.positions",
              "UPDATE speed.version SET version = 0",
              "TRUNCATE speed.figures",
              "DROP TABLE speed.figures",
              "SELECT * FROM speed.minutes_other",
              "CREATE TABLE speed.other (a integer)")) {
        try (Connection connection = app.connect();
            Statement refused = connection.createStatement()) {
          assertThatThrownBy(() -> refused.execute(statement), statement)
              .isInstanceOf(SQLException.class)
              .extracting(refusal -> ((SQLException) refusal).getSQLState())
              .isEqualTo("42501");
        }
      }
    }
  }

  /** What docs/figures.md says. */
  private static String rights() throws IOException {
    String docs = Files.readString(Path.of("docs/figures.md"));
    int begin = docs.indexOf("GRANT USAGE");
    return docs.substring(begin, docs.indexOf("```", begin));
  }

  private List<String> partitions() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT relid::regclass FROM pg_partition_tree('speed.figures') WHERE isleaf")) {
      while (row.next()) {
        names.add(row.getString(1).replace("speed.", ""));
      }
    }
    return names;
  }

  /** As Grafana does, for a time that has what is counted. */
  private static String filled(String sql) {
    return sql.replace("${signal}", "logs")
        .replace("${service:sqlstring}", "'web','db'")
        .replaceAll(
            "\\$__timeFilter\\(([^)]*)\\)",
            "$1 BETWEEN '2026-11-20T08:30:00Z' AND '2026-11-20T10:00:00Z'");
  }

  @Override
  String url() throws SQLException {
    String name = "figures" + ++databases;
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return postgres.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
  }

  @Override
  String user() {
    return "postgres";
  }
}

package routes.speed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.settings.Secret;
import routes.signal.Signal;
import routes.stream.StreamRead;

/** What figures promise on every database. */
abstract class FiguresContract {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant MINUTE = Instant.parse("2026-11-20T09:00:00Z");

  /** What becomes of the next commit. */
  private enum Commit {
    DONE,
    LOST,
    DONE_AND_ANSWER_LOST
  }

  Database database;
  private String url;
  private FigureStore store;
  private Commit next = Commit.DONE;

  /** An empty database. */
  abstract String url() throws Exception;

  abstract String user();

  @BeforeEach
  void open() throws Exception {
    url = url();
    database = new Database(url, user(), new Secret(""));
    store = new FigureStore(this::connect);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void logs_are_counted_by_minute_hour_service_and_level() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);

    worker.count(
        log("09:00:10", "web", "INFO", ",\"duration_ms\":12,\"trace_id\":\"t1\""),
        log("09:00:50", "web", "info", ",\"duration_ms\":8,\"trace_id\":\"t2\""),
        log("09:00:59.999", "web", "ERROR", ",\"trace_id\":\"t2\""),
        log("09:01:00", "web", "INFO", ""),
        log("09:00:00", "db", "fatal", ""),
        "no record");

    Figure info = figure(Key.MINUTE, MINUTE, "web", "INFO");
    assertThat(info.records).isEqualTo(2);
    assertThat(info.bytes)
        .isEqualTo(
            2
                + log("09:00:10", "web", "INFO", ",\"duration_ms\":12,\"trace_id\":\"t1\"").length()
                + log("09:00:50", "web", "info", ",\"duration_ms\":8,\"trace_id\":\"t2\"")
                    .length());
    assertThat(info.traces.count()).isEqualTo(2);
    assertThat(List.of(info.smallest, info.largest, info.total, info.latest))
        .containsExactly(8.0, 12.0, 20.0, 8.0);
    assertThat(figure(Key.MINUTE, MINUTE, "web", "ERROR").errors).isEqualTo(1);
    assertThat(figure(Key.HOUR, MINUTE, "web", "INFO").records).isEqualTo(3);
    assertThat(figure(Key.HOUR, MINUTE, "db", "FATAL").errors).isEqualTo(1);
  }

  @Test
  void tables_that_another_process_has_just_begun_to_make_are_made() throws SQLException {
    try (Connection other = DriverManager.getConnection(url, user(), "");
        Statement statement = other.createStatement()) {
      statement.execute("CREATE SCHEMA speed");
      statement.execute("CREATE TABLE speed.version (version integer PRIMARY KEY)");

      assertThat(total()).isZero();
    }
  }

  @Test
  void the_same_read_again_changes_nothing() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    String[] records = some(10);

    worker.count(records);
    new Worker("a", Signal.LOGS).count(records);
    new Worker("a", Signal.LOGS).count(log("09:00:00", "web", "INFO", ""), records[1]);

    assertThat(total()).isEqualTo(10);
  }

  @Test
  void a_worker_that_reads_further_than_another_adds_only_what_is_new() throws SQLException {
    String[] records = some(10);
    Worker zombie = new Worker("a", Signal.LOGS);
    Worker rival = new Worker("a", Signal.LOGS);

    zombie.count(first(records, 3));
    rival.count(first(records, 7));
    zombie.count(IntStream.range(3, 6).mapToObj(i -> records[i]).toArray(String[]::new));
    zombie.count(IntStream.range(6, 10).mapToObj(i -> records[i]).toArray(String[]::new));
    rival.count(IntStream.range(7, 9).mapToObj(i -> records[i]).toArray(String[]::new));

    assertThat(total()).isEqualTo(10);
    assertThat(store.load(shard("a")).delivered()).isEqualTo(new Position("110", 0));
  }

  @Test
  void a_commit_of_which_nobody_knows_counts_once() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    for (Commit commit : List.of(Commit.LOST, Commit.DONE_AND_ANSWER_LOST)) {
      StreamRead read = worker.read(some(5));
      next = commit;
      assertThatThrownBy(() -> worker.figures.count(read)).isInstanceOf(SQLException.class);
      worker.figures.count(read);
    }

    assertThat(total()).isEqualTo(10);
  }

  @Test
  void copies_do_not_count_and_nothing_is_its_own_copy() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    StreamRead read =
        worker.read(
            log("09:00:00", "web", "INFO", ",\"record_id\":\"1\""),
            log("09:00:00", "web", "INFO", ",\"record_id\":\"2\""),
            log("09:00:00", "web", "INFO", ",\"record_id\":\"1\""));
    next = Commit.LOST;
    assertThatThrownBy(() -> worker.figures.count(read)).isInstanceOf(SQLException.class);

    worker.figures.count(read);

    assertThat(total()).isEqualTo(2);
  }

  @Test
  void what_comes_late_adds_to_its_own_minute() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);

    worker.count(log("09:00:00", "web", "INFO", ",\"duration_ms\":10"));
    worker.count(log("11:00:00", "web", "INFO", ",\"duration_ms\":1"));
    worker.count(log("09:00:30", "web", "INFO", ",\"duration_ms\":1000"));

    Figure figure = figure(Key.MINUTE, MINUTE, "web", "INFO");
    assertThat(figure.records).isEqualTo(2);
    assertThat(figure.quantiles.at(1)).isBetween(990.0, 1010.0);
    assertThat(figure.latest).isEqualTo(1000);
  }

  @Test
  void shards_that_write_the_same_figures_at_once_lose_nothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      Worker worker = new Worker("shard-" + writer, Signal.LOGS);
      writers.add(
          () -> {
            for (int read = 0; read < 20; read++) {
              worker.count(some(10));
            }
            return null;
          });
    }

    for (Future<Void> written : threads.invokeAll(writers)) {
      written.get();
    }
    threads.shutdown();

    Figure figure = figure(Key.MINUTE, MINUTE, "web", "INFO");
    assertThat(figure.records).isEqualTo(800);
    assertThat(figure.measured).isEqualTo(800);
  }

  @Test
  void spans_are_counted_by_kind_and_points_by_series() throws SQLException {
    new Worker("a", Signal.TRACES)
        .count(
            span(1, ",\"kind\":\"SERVER\",\"duration_nanos\":5000000"),
            span(2, ",\"kind\":\"SERVER\",\"duration_nanos\":7000000,\"status_code\":\"ERROR\""),
            span(3, ""));
    new Worker("b", Signal.METRICS)
        .count(
            point("09:00:10", "\"value\":3,\"attributes\":{\"a\":1}"),
            point("09:00:40", "\"value\":-1.5,\"attributes\":{\"a\":1}"),
            point("09:00:20", "\"value\":\"NaN\",\"attributes\":{\"a\":1}"),
            point("09:00:00", "\"value\":7"));

    Figure server = figure(Key.MINUTE, MINUTE, "web", "SERVER");
    assertThat(List.of(server.records, server.errors, server.traces.count()))
        .containsExactly(2L, 1L, 2L);
    assertThat(server.total).isEqualTo(12);
    assertThat(figure(Key.MINUTE, MINUTE, "web", "NONE").measured).isZero();
    Figure series = figure(Key.MINUTE, MINUTE, "web", "load{\"a\":1}");
    assertThat(List.of(series.records, series.measured)).containsExactly(3L, 2L);
    assertThat(List.of(series.smallest, series.largest, series.total, series.latest))
        .containsExactly(-1.5, 3.0, 1.5, -1.5);
    assertThat(figure(Key.MINUTE, MINUTE, "web", "load").latest).isEqualTo(7);
  }

  @Test
  void names_that_no_index_and_no_text_of_the_database_can_hold_are_counted() throws SQLException {
    new Worker("a", Signal.METRICS)
        .count(
            point(
                "09:00:00",
                "\"value\":1,\"attributes\":{\"a\":\"%s\"}".formatted("é😀".repeat(5000))),
            point(
                "09:00:00",
                "\"value\":1,\"attributes\":{\"a\":\"%s\"}".formatted("é😀".repeat(5001))),
            point("09:00:00", "\"value\":1").replace("load", "nul\\u0000"));

    assertThat(total()).isEqualTo(3);
    assertThat(rows()).isEqualTo(3);
    assertThat(figure(Key.MINUTE, MINUTE, "web", "nul\uFFFD").records).isEqualTo(1);
  }

  @Test
  void a_database_that_forgot_is_told() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    worker.count(some(3));
    execute("DROP SCHEMA speed CASCADE");
    new Worker("a", Signal.LOGS);

    assertThatThrownBy(() -> worker.count(some(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restored");
    assertThat(total()).isZero();
    assertThat(worker.own.takeForgotten("other")).isFalse();
    assertThat(worker.own.takeForgotten("stream")).isTrue();
    assertThat(worker.own.takeForgotten("stream")).isFalse();
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_database_that_forgot_before_anything_was_counted_is_told() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    execute("DROP SCHEMA speed CASCADE");
    StreamRead read = worker.read(some(3));

    assertThatThrownBy(() -> worker.figures.count(read))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restored");
    assertThat(worker.own.takeForgotten("stream")).isTrue();
  }

  @Test
  void a_shard_goes_on_where_it_was_counted_to_until_it_is_finished() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    worker.count(some(3));
    assertThat(store.load(shard("a")))
        .isEqualTo(
            new Checkpoint(new Position("103", 0), ARRIVAL, Map.of(), null, false, Account.NONE));

    worker.ledger.close();
    store.save(shard("a"), worker.ledger.checkpoint(), true);

    assertThat(store.load(shard("a")).finished()).isTrue();
    assertThat(store.load(shard("b"))).isEqualTo(Checkpoint.NONE);
  }

  @Test
  void what_is_old_is_forgotten_by_the_length_of_its_time() throws SQLException {
    Worker worker = new Worker("a", Signal.LOGS);
    Instant now = MINUTE.plus(Duration.ofDays(1));
    worker.count(log("09:00:00", "web", "INFO", ""), log("09:00:00", "db", "INFO", ""));
    worker.count(log("10:00:00", "web", "INFO", "").replace("11-20", "11-21"));
    store.keep(Key.MINUTE, MINUTE, now);

    store.keep(Key.MINUTE, MINUTE.plus(Duration.ofHours(15)), now.plus(Duration.ofDays(2)));

    assertThat(rows()).isEqualTo(1);
    assertThat(figure(Key.HOUR, MINUTE, "web", "INFO").records).isEqualTo(1);
    worker.count(log("09:00:30", "web", "INFO", ""));
    worker.count(log("10:00:30", "web", "INFO", "").replace("11-20", "11-21"));
    assertThat(figure(Key.MINUTE, MINUTE, "web", "INFO").records).isEqualTo(1);
    assertThat(figure(Key.MINUTE, now.plus(Duration.ofHours(1)), "web", "INFO").records)
        .isEqualTo(2);
  }

  @Test
  void of_more_parts_than_are_told_one_by_one_the_rest_is_told_together() throws SQLException {
    new Worker("a", Signal.LOGS)
        .count(
            IntStream.rangeClosed(1, 103)
                .mapToObj(i -> log("09:00:00", "s" + i, "INFO", ",\"duration_ms\":" + i))
                .toArray(String[]::new));
    new Worker("b", Signal.LOGS)
        .count(log("09:00:01", "s9", "WARN", ""), log("09:00:01", "s99", "WARN", ""));

    FiguresEndpoint.Answer answer = answer(Optional.empty());

    assertThat(answer.parts()).hasSize(100);
    assertThat(answer.parts().subList(0, 3))
        .extracting(FiguresEndpoint.Part::name)
        .containsExactly("s9", "s99", "s1");
    assertThat(answer.others())
        .satisfies(others -> assertThat(others.records()).isEqualTo(3))
        .satisfies(others -> assertThat(others.measured()).isEqualTo(3));
    assertThat(answer.parts().stream().mapToLong(FiguresEndpoint.Part::records).sum())
        .isEqualTo(102);
    assertThat(answer(Optional.of("s9")))
        .satisfies(
            one ->
                assertThat(one.parts())
                    .extracting(FiguresEndpoint.Part::name)
                    .containsExactly("INFO", "WARN"))
        .satisfies(one -> assertThat(one.others()).isNull());
  }

  private FiguresEndpoint.Answer answer(Optional<String> service) {
    FigureQuery query =
        new FigureQuery(
            Key.MINUTE, Signal.LOGS, MINUTE, MINUTE.plusSeconds(60), service, Optional.empty());
    return new FiguresEndpoint(Optional.of(store), InstantSource.fixed(MINUTE))
        .answer(query, Key.MINUTE);
  }

  /** Reads one shard and counts what it reads. */
  final class Worker {

    private final ShardId shard;
    private final Signal signal;
    private final FigureStore own = new FigureStore(FiguresContract.this::connect);
    private final ShardLedger ledger;
    private final Figures figures;
    private final DuplicateWindow window = new DuplicateWindow(60_000, new WindowMemory(1 << 20));
    private int sequenceNumber = 100;

    Worker(String name, Signal signal) {
      this.shard = shard(name);
      this.signal = signal;
      this.ledger = new ShardLedger(own.load(shard));
      this.figures = new Figures(own, stream -> signal);
    }

    StreamRead read(String... payloads) {
      RecordParser parser =
          new RecordParser(signal, FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null);
      List<KinesisRecord> read = new ArrayList<>();
      for (String payload : payloads) {
        read.add(
            Reads.record(Integer.toString(++sequenceNumber), ARRIVAL, payload.getBytes(UTF_8)));
      }
      return new Reads(parser, 10_000).part(shard, ledger, window, read);
    }

    void count(String... payloads) throws SQLException {
      figures.count(read(payloads));
    }

    /** Counts it, and says so, which it does not when that fails. */
    boolean count(StreamRead read) throws SQLException {
      figures.count(read);
      return true;
    }
  }

  private static ShardId shard(String name) {
    return new ShardId("stream", Instant.EPOCH, name);
  }

  static String[] some(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> log("09:00:00", "web", "INFO", ",\"duration_ms\":" + i))
        .toArray(String[]::new);
  }

  private static String[] first(String[] records, int count) {
    return IntStream.range(0, count).mapToObj(i -> records[i]).toArray(String[]::new);
  }

  private static String log(String time, String service, String level, String more) {
    return "{\"timestamp\":\"2026-11-20T%sZ\",\"service\":\"%s\",\"level\":\"%s\"%s}"
        .formatted(time, service, level, more);
  }

  private static String span(int number, String more) {
    return "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"web\",\"name\":\"GET\",\"trace_id\":\"%032x\",\"span_id\":\"%016x\"%s}"
        .formatted(number, number, more);
  }

  private static String point(String time, String more) {
    return "{\"timestamp\":\"2026-11-20T%sZ\",\"service\":\"web\",\"name\":\"load\",%s}"
        .formatted(time, more);
  }

  private Figure figure(int seconds, Instant start, String service, String series)
      throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT * FROM speed.figures WHERE seconds = %s AND start = '%s' AND service = '%s' AND series = '%s'"
                    .formatted(seconds, start, service, series))) {
      assertThat(row.next()).isTrue();
      return FigureTable.figure(row);
    }
  }

  private long total() throws SQLException {
    return number("SELECT coalesce(sum(records), 0) FROM speed.figures WHERE seconds = 60");
  }

  private long rows() throws SQLException {
    return number("SELECT count(*) FROM speed.figures WHERE seconds = 60");
  }

  long number(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }

  private Connection connect() throws SQLException {
    Connection real = database.connect();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Commit fate = next;
              if (!method.getName().equals("commit") || fate == Commit.DONE) {
                return invoke(real, method, arguments);
              }
              next = Commit.DONE;
              if (fate == Commit.DONE_AND_ANSWER_LOST) {
                real.commit();
              }
              throw new SQLException("The connection was cut");
            });
  }

  private static Object invoke(Connection real, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}

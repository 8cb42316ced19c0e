package routes.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import routes.Postgres;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.settings.Cloud;
import routes.settings.Secret;
import routes.settings.SettingsReader;
import routes.signal.Signal;
import routes.stream.StreamRead;

/**
 * What counting costs: logs of 200 services with three levels, a duration and a trace, 330 bytes
 * each, a thousand a second, in parts as a shard gives them. CPU time of the thread that counts,
 * that of a PostgreSQL not included.
 */
public final class FiguresBenchmark {

  private static final int SERVICES = 200;
  private static final int PART = 9_000;
  private static final int PARTS = 28;
  private static final int ROUNDS = 4;
  private static final long MILLIS_A_RECORD = 1;
  private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
  private static final List<String> LEVELS = List.of("INFO", "WARN", "ERROR");

  private FiguresBenchmark() {}

  /** Prints a row for each round and database there is. */
  public static void run() throws Exception {
    Path folder = Files.createTempDirectory("bench-figures");
    String h2 = SpeedSettings.from(new SettingsReader(Map.of()), Cloud.EMBEDDED, folder).url();
    Optional<EmbeddedPostgres> postgres = Postgres.start();
    System.out.printf(
        "%n| database | CPU s a million records | rows | bytes a row |%n|---|---|---|---|%n");
    for (int round = 0; round < ROUNDS; round++) {
      count("H2", h2, "camel-app", round);
      if (postgres.isPresent()) {
        count("PostgreSQL", postgres.get().getJdbcUrl("postgres", "postgres"), "postgres", round);
      }
    }
    postgres.ifPresent(Postgres::close);
  }

  private static void count(String name, String url, String user, int round) throws SQLException {
    try (Database database = new Database(url, user, new Secret(""))) {
      FigureStore store = new FigureStore(database::connect);
      ShardId shard = new ShardId("logs", Instant.EPOCH, "shard-" + round);
      ShardLedger ledger = new ShardLedger(store.load(shard));
      Figures figures = new Figures(store, stream -> Signal.LOGS);
      Random random = new Random(round);
      long nanos = 0;
      for (int part = 0; part < PARTS; part++) {
        StreamRead read = read(shard, ledger, round * PARTS + part, random);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        figures.count(read);
        nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %d | %s |%n",
          name,
          nanos / 1e3 / (PART * PARTS),
          number(database, "SELECT count(*) FROM speed.figures"),
          name.equals("H2")
              ? ""
              : number(
                      database,
                      "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('speed.figures')")
                  / number(database, "SELECT count(*) FROM speed.figures"));
    }
  }

  private static StreamRead read(ShardId shard, ShardLedger ledger, int part, Random random) {
    List<KinesisRecord> records = new ArrayList<>(PART);
    for (int i = 0; i < PART; i++) {
      Instant time = START.plusMillis(MILLIS_A_RECORD * ((long) part * PART + i));
      records.add(
          Reads.record(
              Long.toString(1_000_000_000L + (long) part * PART + i),
              time,
              line(time, random).getBytes(UTF_8)));
    }
    RecordParser parser =
        new RecordParser(Signal.LOGS, FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null);
    return new Reads(parser, PART + 1)
        .part(shard, ledger, new DuplicateWindow(60_000, new WindowMemory(64 << 20)), records);
  }

  private static String line(Instant time, Random random) {
    byte[] trace = new byte[16];
    random.nextBytes(trace);
    return "{\"timestamp\":\"%s\",\"service\":\"service-%s\",\"level\":\"%s\",\"message\":\"%s\",\"trace_id\":\"%s\",\"duration_ms\":%s}"
        .formatted(
            time,
            100 + random.nextInt(SERVICES),
            LEVELS.get(random.nextInt(LEVELS.size())),
            "Request of a customer was answered by an upstream that took its time ".repeat(2),
            HexFormat.of().formatHex(trace),
            Math.round(1000 * Math.exp(random.nextGaussian())) / 10.0);
  }

  private static long number(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

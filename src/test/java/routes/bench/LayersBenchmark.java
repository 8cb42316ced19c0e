package routes.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.DoubleStream;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenarios;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Options;
import routes.demo.simulation.Output;
import routes.demo.simulation.Simulation;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;
import routes.demo.town.Town;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.partition.Partition;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/**
 * Ten minutes of the demo's logs in objects of a minute, as the raw layer has them, and of ten, as
 * the batch layer has: what they take to encode, how large they are, and how long DuckDB takes for
 * five questions, with one thread.
 */
final class LayersBenchmark {

  private static final int MINUTES = 10;
  private static final int ROUNDS = 5;
  private static final Instant HOUR = Instant.parse("2026-11-20T12:00:00Z");

  private final Map<String, byte[][]> services = new TreeMap<>();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Path folder;
  private String trace = "";

  private LayersBenchmark(Path folder) {
    this.folder = folder;
  }

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("layers");
    LayersBenchmark benchmark = new LayersBenchmark(folder);
    benchmark.simulate(Integer.getInteger("bench.records"));
    List<ObjectFormat> formats =
        List.of(
            new JsonLines(Compression.NONE),
            new JsonLines(Compression.GZIP),
            new JsonLines(Compression.ZSTD),
            new Parquet(
                new RecordParsers(
                    FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
                Integer.MAX_VALUE));
    for (int minutes : new int[] {1, MINUTES}) {
      for (ObjectFormat format : formats) {
        benchmark.measure(format, minutes);
      }
    }
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  private void simulate(int records) {
    Town town = Town.load();
    Simulation simulation =
        new Simulation(
            town,
            new Scenarios(town, Path.of("none")),
            new Options(1, HOUR, records / (60.0 * MINUTES), 3));
    Random random = new Random(1);
    for (int minute = 0; minute < MINUTES; minute++) {
      Logs logs = new Logs(random);
      for (int second = 0; second < 60; second++) {
        simulation.tick(logs);
      }
      int number = minute;
      logs.lines.forEach(
          (service, lines) ->
              services.computeIfAbsent(service, first -> new byte[MINUTES][])[number] =
                  lines.toByteArray());
    }
  }

  private void measure(ObjectFormat format, int minutes) throws IOException, SQLException {
    Path lake = folder.resolve(minutes + format.suffix());
    List<PackedLines> objects = new ArrayList<>();
    long stored = 0;
    for (Map.Entry<String, byte[][]> service : services.entrySet()) {
      Path hour =
          lake.resolve(new Partition(service.getKey(), HOUR.getEpochSecond() / 3600).path());
      Files.createDirectories(hour);
      for (int from = 0; from < MINUTES; from += minutes) {
        PackedLines object = new PackedLines();
        for (byte[] lines : Arrays.copyOfRange(service.getValue(), from, from + minutes)) {
          object.add(lines == null ? new byte[0] : lines);
        }
        byte[] encoded = format.encode(object);
        Files.write(hour.resolve("part-" + from + format.suffix()), encoded);
        stored += encoded.length;
        objects.add(object);
      }
    }
    double bytes = objects.stream().mapToLong(PackedLines::bytes).sum();
    double seconds =
        Benchmarks.median(
            DoubleStream.generate(() -> encodingSeconds(format, objects)).limit(ROUNDS));
    System.out.printf(
        Locale.ROOT,
        "%2d min %-10s %.0f MB of lines, %4.0f MB/s a core, 1/%.1f in %d objects;",
        minutes,
        format.suffix(),
        bytes / 1e6,
        bytes / 1e6 / seconds,
        bytes / stored,
        objects.size());
    ask(lake, format.suffix());
  }

  private double encodingSeconds(ObjectFormat format, List<PackedLines> objects) {
    long before = threads.getCurrentThreadCpuTime();
    try {
      for (PackedLines object : objects) {
        format.encode(object);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private void ask(Path lake, String suffix) throws SQLException {
    String files = lake + "/*/*/*/*/*/*" + suffix;
    String table =
        suffix.equals(".parquet")
            ? "read_parquet('%s', hive_partitioning = true)".formatted(files)
            : "read_json('%s', format = 'newline_delimited', hive_partitioning = true, columns = {timestamp: 'TIMESTAMPTZ', level: 'VARCHAR', message: 'VARCHAR', trace_id: 'VARCHAR'})"
                .formatted(files);
    String service = services.keySet().iterator().next();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("CREATE VIEW lake AS SELECT * FROM " + table);
      if (trace.isEmpty()) {
        try (ResultSet found =
            statement.executeQuery("SELECT min(trace_id) FROM lake WHERE trace_id IS NOT NULL")) {
          found.next();
          trace = found.getString(1);
        }
      }
      for (String question :
          List.of(
              "SELECT service, count(*) FROM lake WHERE level = 'ERROR' GROUP BY ALL",
              "SELECT level, date_trunc('minute', timestamp), count(*) FROM lake GROUP BY ALL",
              "SELECT count(*) FROM lake WHERE message LIKE '%timeout%'",
              "SELECT * FROM lake WHERE trace_id = '" + trace + "'",
              "SELECT * FROM lake WHERE service = '%s' ORDER BY timestamp DESC LIMIT 50"
                  .formatted(service))) {
        System.out.printf(Locale.ROOT, " %.0f", bestMillis(statement, question));
      }
      System.out.println(" ms");
    }
  }

  private static double bestMillis(Statement statement, String question) throws SQLException {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try (ResultSet found = statement.executeQuery(question)) {
        while (found.next()) {
          found.getString(1);
        }
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  /** The lines of each service, with the id that the intake gives them. */
  private static final class Logs implements Output {

    private final Map<String, ByteArrayOutputStream> lines = new TreeMap<>();
    private final Random random;

    Logs(Random random) {
      this.random = random;
    }

    @Override
    public void log(Service service, Text line) {
      ByteArrayOutputStream of =
          lines.computeIfAbsent(service.name(), first -> new ByteArrayOutputStream());
      byte[] record = line.toBytes();
      of.write(record, 0, record.length - 1);
      of.writeBytes(
          ",\"ingest_id\":\"%s\"}\n"
              .formatted(new UUID(random.nextLong(), random.nextLong()))
              .getBytes(UTF_8));
    }

    @Override
    public void span(Span span) {}

    @Override
    public void measurement(Measurement measurement) {}

    @Override
    public void label(Label label) {}
  }
}

package routes.bench;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import routes.kinesis.leases.DynamoDb;

/**
 * What delivering a stream to the lake costs this app, Camel's own components and the Kinesis
 * Client Library, and what moving the bytes does, each a process that reads from and writes to the
 * same embedded cloud, by turns: CPU time from the start to the last object, for a number of
 * records and for three times as many.
 */
final class PeersBenchmark {

  private static final int RECORDS = Integer.getInteger("bench.records", 300_000);
  private static final int SHARDS = Integer.getInteger("bench.shards", 4);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 1);
  private static final String HEAP = System.getProperty("bench.heap", "1g");

  /** More settings of the app, such as {@code OUTPUT_COMPRESSION=zstd}, separated by commas. */
  private static final String APP_ENV = System.getProperty("bench.env", "");

  /** Those to compare; with {@code before} an earlier jar of the app, see {@link #BEFORE}. */
  private static final String PROGRAMS = System.getProperty("bench.programs", "app,camel,kcl,bare");

  /** The jar of the app as it was. */
  private static final Path BEFORE = Path.of(System.getProperty("bench.before", "before.jar"));

  private static final int[] SIZES = {RECORDS, 3 * RECORDS};
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Path folder;
  private final BenchCloud cloud;
  private final DynamoDb dynamoDb;

  private PeersBenchmark(Path folder, BenchCloud cloud, DynamoDb dynamoDb) {
    this.folder = folder;
    this.cloud = cloud;
    this.dynamoDb = dynamoDb;
  }

  /** A program that delivers. */
  private enum Program {
    APP("this app", null),
    BEFORE("as it was", null),
    CAMEL("stock Camel", CamelPeer.class),
    KCL("KCL and puts", KclPeer.class),
    BARE("bytes moved", BarePeer.class);

    private final String title;

    /** Null where it is a jar. */
    private final @Nullable Class<?> main;

    Program(String title, @Nullable Class<?> main) {
      this.title = title;
      this.main = main;
    }

    static List<Program> chosen() {
      return Splitter.on(',')
          .splitToStream(PROGRAMS.toUpperCase(Locale.ROOT))
          .map(Program::valueOf)
          .toList();
    }

    MeasuredProcess start(Path folder, Map<String, String> env) throws IOException {
      List<String> options = new ArrayList<>(MeasuredProcess.optionsWithHeap(HEAP));
      if (main != null) {
        options.add("-Dlogback.configurationFile=logback.xml");
        return MeasuredProcess.of(main, folder, env, options);
      }
      return this == APP
          ? MeasuredProcess.ofApp(folder, env, options)
          : MeasuredProcess.ofApp(PeersBenchmark.BEFORE, folder, env, options);
    }
  }

  /**
   * What a run cost; memory in megabytes.
   *
   * @param compiling what of the CPU time made machine code
   */
  private record Run(
      double cpuSeconds,
      double compiling,
      double collecting,
      double seconds,
      double peakMegabytes,
      int objects,
      String exact) {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("peers");
    try (BenchCloud cloud = BenchCloud.start(folder.resolve("cloud"));
        DynamoDb dynamoDb = new DynamoDb()) {
      new PeersBenchmark(folder, cloud, dynamoDb).compare();
    }
  }

  private void compare() throws Exception {
    long[] bytes = new long[SIZES.length];
    for (int size = 0; size < SIZES.length; size++) {
      bytes[size] = LogLines.stream(SIZES[size]).mapToLong(line -> line.length + 1).sum();
      cloud.load(stream(size), SHARDS, SIZES[size]);
    }
    System.out.printf(
        "%,d and %,d records of %d bytes on %d shards, -Xmx%s, %d rounds%n",
        SIZES[0], SIZES[1], bytes[0] / SIZES[0], SHARDS, HEAP, ROUNDS);
    Map<String, List<Run>> runs = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int size = 0; size < SIZES.length; size++) {
        for (Program program : Program.chosen()) {
          Run run = deliver(program, size, bytes[size], round);
          System.out.printf("%-12s %,9d: %s%n", program.title, SIZES[size], run);
          runs.computeIfAbsent(program + "-" + size, key -> new ArrayList<>()).add(run);
        }
      }
    }
    System.out.printf(
        "%n| program | CPU s, %,d | CPU s, %,d | CPU s a further million | of it compiling | MB/s a core | peak MB |%n|---|---|---|---|---|---|---|%n",
        SIZES[0], SIZES[1]);
    for (Program program : Program.chosen()) {
      List<Run> few = runs.get(program + "-0");
      List<Run> many = runs.get(program + "-1");
      double more = median(many, Run::cpuSeconds) - median(few, Run::cpuSeconds);
      double millions = (SIZES[1] - SIZES[0]) / 1e6;
      System.out.printf(
          "| %s | %.1f | %.1f | %.2f | %.2f | %.0f | %.0f |%n",
          program.title,
          median(few, Run::cpuSeconds),
          median(many, Run::cpuSeconds),
          more / millions,
          (median(many, Run::compiling) - median(few, Run::compiling)) / millions,
          (bytes[1] - bytes[0]) / 1e6 / more,
          median(many, Run::peakMegabytes));
    }
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    return Benchmarks.median(runs.stream().mapToDouble(figure));
  }

  private static String stream(int size) {
    return "peers-" + size;
  }

  private Run deliver(Program program, int size, long bytes, int round) throws Exception {
    String name = "%s-%s-%s".formatted(program.name().toLowerCase(Locale.ROOT), size, round);
    cloud.createBucket(name);
    Path at = Files.createDirectory(folder.resolve(name));
    long start = System.nanoTime();
    try (MeasuredProcess process = program.start(at, env(name, size))) {
      while (cloud.bytesIn(name) < bytes) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IOException(program.title + " has not delivered everything, see " + at);
        }
        process.cpuSeconds();
        TimeUnit.MILLISECONDS.sleep(200);
      }
      Run run =
          new Run(
              process.cpuSeconds(),
              process.compilingSeconds(),
              process.collectingSeconds(),
              (System.nanoTime() - start) / 1e9,
              process.peakMegabytes(),
              cloud.objectsIn(name),
              difference(size, name));
      process.stop();
      return run;
    } finally {
      cloud.empty(name);
    }
  }

  private Map<String, String> env(String name, int size) {
    Map<String, String> env = cloud.envOfDelivery(stream(size), name);
    env.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
    env.put("FLUSH_INTERVAL_MS", "20000");
    if (!APP_ENV.isEmpty()) {
      env.putAll(Splitter.on(',').withKeyValueSeparator(Splitter.on('=').limit(2)).split(APP_ENV));
    }
    return env;
  }

  private String difference(int size, String bucket) {
    long[] expected = BenchCloud.hashesOf(SIZES[size]);
    long[] found = cloud.hashesIn(bucket);
    return Arrays.equals(expected, found)
        ? "every line once"
        : "%,d lines of %,d".formatted(found.length, expected.length);
  }
}

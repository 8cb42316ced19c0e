package routes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import routes.bench.MeasuredDelivery.Cost;
import routes.bench.MeasuredDelivery.Delivered;
import routes.kinesis.leases.DynamoDb;

/**
 * Whether a record costs the same on few shards and on many, and with few groups open and many:
 * what is delivered once a process is warm, in objects of nearly as many records everywhere.
 */
final class GrowthBenchmark {

  private static final int RECORDS = 400_000;
  private static final int RECORDS_AN_OBJECT = 250;

  /** So few that they fill an object of ten groups no further than one of two thousand. */
  private static final int RECORDS_A_READ = 1_000;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "FLUSH_INTERVAL_MS",
          "3600000",
          "FLUSH_MAX_RECORDS",
          Integer.toString(RECORDS_AN_OBJECT),
          "BATCH_SIZE",
          Integer.toString(RECORDS_A_READ),
          // Of the largest number of groups no object is closed early for want of memory.
          "DELIVERY_BUFFER_BYTES",
          "400000000");

  private final BenchCloud cloud;
  private final DynamoDb leases;

  private GrowthBenchmark(BenchCloud cloud, DynamoDb leases) {
    this.cloud = cloud;
    this.leases = leases;
  }

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("growth");
    try (BenchCloud cloud = BenchCloud.start(folder);
        DynamoDb leases = new DynamoDb()) {
      GrowthBenchmark benchmark = new GrowthBenchmark(cloud, leases);
      System.out.printf(
          "%n| shards | open groups | bytes an object | CPU µs a record | of it compiling | collecting |%n|---|---|---|---|---|---|%n");
      benchmark.deliver(1, 20);
      benchmark.deliver(4, 20);
      benchmark.deliver(16, 20);
      benchmark.deliver(4, 3);
      benchmark.deliver(4, 50);
      benchmark.deliver(4, 500);
    }
  }

  private void deliver(int shards, int services) throws Exception {
    String name = "growth-%s-%s".formatted(shards, services);
    int groups = shards * services;
    // Until all groups are open, and as many when it ends, objects are fewer than the records say.
    int open = groups * RECORDS_AN_OBJECT;
    int loaded = Math.max(RECORDS, 3 * open);
    cloud.load(name, shards, LogLines.stream(loaded, services));
    long bytes = LogLines.stream(loaded, services).mapToLong(line -> line.length + 1).sum();
    double closed = 1 - (double) open / loaded;
    try (MeasuredDelivery app = MeasuredDelivery.start(cloud, leases, name, SETTINGS, "1g")) {
      Delivered half = app.await(lake -> lake.bytes() >= closed / 2 * bytes);
      Cost before = app.cost();
      Delivered rest = app.await(lake -> lake.bytes() >= closed * bytes).since(half);
      Cost cost = app.cost().since(before);
      double records = (double) rest.bytes() / bytes * loaded;
      System.out.printf(
          "| %s | %,d | %,d | %.2f | %.2f | %.2f |%n",
          shards,
          groups,
          rest.bytes() / rest.objects(),
          cost.app() * 1e6 / records,
          cost.compiling() * 1e6 / records,
          cost.collecting() * 1e6 / records);
    }
  }
}

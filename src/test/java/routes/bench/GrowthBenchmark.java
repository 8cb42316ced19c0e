package routes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import routes.bench.MeasuredDelivery.Cost;
import routes.kinesis.leases.DynamoDb;

/**
 * Whether a record costs the same on few shards and on many, and with few groups open and many. All
 * objects of a comparison have as many records, and a process is measured only once it is warm.
 */
final class GrowthBenchmark {

  private static final int RECORDS = 1_200_000;
  private static final int[] SHARDS = {1, 4, 16};
  private static final int[] GROUPS = {10, 200, 2_000};

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
          "%n| shards | open groups | records an object | CPU µs a record | of it compiling | collecting | peak MB |%n|---|---|---|---|---|---|---|%n");
      for (int shards : SHARDS) {
        benchmark.deliver(shards, 20, 1_000);
      }
      for (int groups : GROUPS) {
        benchmark.deliver(1, groups, 150);
      }
    }
  }

  /** Of the second half of what is in the lake before the last objects fill up no more. */
  private void deliver(int shards, int services, int recordsAnObject) throws Exception {
    String name = "growth-%s-%s".formatted(shards, services);
    cloud.load(name, shards, LogLines.stream(RECORDS, services));
    Map<String, String> settings =
        Map.of(
            "FLUSH_INTERVAL_MS", "3600000", "FLUSH_MAX_RECORDS", Integer.toString(recordsAnObject));
    try (MeasuredDelivery app = MeasuredDelivery.start(cloud, leases, name, settings, "1g")) {
      int all = RECORDS / recordsAnObject - shards * services;
      int half = app.await(all / 2);
      Cost before = app.cost();
      int records = (app.await(all) - half) * recordsAnObject;
      Cost cost = app.cost().since(before);
      System.out.printf(
          "| %s | %,d | %,d | %.2f | %.2f | %.2f | %.0f |%n",
          shards,
          shards * services,
          recordsAnObject,
          cost.app() * 1e6 / records,
          cost.compiling() * 1e6 / records,
          cost.collecting() * 1e6 / records,
          app.peakMegabytes());
    }
  }
}

package routes.bench;

import com.google.common.collect.Lists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import routes.bench.MeasuredDelivery.Cost;
import routes.bench.MeasuredDelivery.Delivered;
import routes.kinesis.leases.DynamoDb;

/**
 * What an object costs whatever is in it, its put and the checkpoints included: 1,000 groups get
 * objects of one record, or two. First as fast as it goes, and then so many a minute as in small
 * hours, less what the app takes at rest.
 */
final class ObjectsBenchmark {

  private static final String STREAM = "objects";
  private static final int SHARDS = 4;
  private static final int SERVICES = 250;
  private static final int FEW = 5_000;
  private static final int MANY = 20_000;
  private static final int A_MINUTE = 1_000;
  private static final int MINUTES = Integer.getInteger("bench.minutes", 3);
  private static final int PUTS_A_MINUTE = 50;
  private static final Map<String, String> SETTINGS =
      Map.of("FLUSH_MAX_RECORDS", "1", "BATCH_SIZE", "100");

  private ObjectsBenchmark() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("objects");
    try (BenchCloud cloud = BenchCloud.start(folder);
        DynamoDb leases = new DynamoDb()) {
      // Some of a read are of one group, and so in one object.
      cloud.load(STREAM, SHARDS, LogLines.stream(2 * MANY, SERVICES));
      try (MeasuredDelivery app = MeasuredDelivery.start(cloud, leases, STREAM, SETTINGS, "1g")) {
        measure(cloud, app);
      }
    }
  }

  private static void measure(BenchCloud cloud, MeasuredDelivery app) throws Exception {
    System.out.printf(
        "%n| CPU ms an object | the app's own threads | compiling | collecting | Kinesis and S3 |%n|---|---|---|---|---|%n");
    Delivered few = app.await(lake -> lake.objects() >= FEW);
    Cost afterFew = app.cost();
    Delivered many = app.await(lake -> lake.objects() >= MANY);
    print(
        "from %,d to %,d".formatted(FEW, MANY),
        app.cost().since(afterFew),
        many.since(few).objects());
    Delivered all = app.awaitRest();
    Cost before = app.cost();
    TimeUnit.MINUTES.sleep(MINUTES);
    Cost atRest = app.cost().since(before);
    before = app.cost();
    List<byte[]> lines = LogLines.stream(MINUTES * A_MINUTE, SERVICES).toList();
    for (List<byte[]> put : Lists.partition(lines, A_MINUTE / PUTS_A_MINUTE)) {
      cloud.put(STREAM, put);
      TimeUnit.MILLISECONDS.sleep(TimeUnit.MINUTES.toMillis(1) / PUTS_A_MINUTE);
    }
    int objects = app.awaitRest().since(all).objects();
    print(
        "%,d a minute".formatted(objects / MINUTES),
        app.cost().since(before).since(atRest),
        objects);
  }

  private static void print(String title, Cost cost, int objects) {
    System.out.printf(
        "| %s | %.2f | %.2f | %.2f | %.2f |%n",
        title,
        cost.own() * 1e3 / objects,
        cost.compiling() * 1e3 / objects,
        cost.collecting() * 1e3 / objects,
        cost.cloud() * 1e3 / objects);
  }
}

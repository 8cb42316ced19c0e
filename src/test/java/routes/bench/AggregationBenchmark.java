package routes.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.kinesis.publish.AggregatingKinesisClient;
import routes.kinesis.publish.PublishTuning;
import routes.kinesis.publish.PublishingKinesisClient;
import routes.local.LocalCloud;
import routes.local.kinesis.KinesisOptions;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Records a second that one shard with AWS's limits takes, one by one and gathered: eight callers
 * with 500 records of 20 services each, again and again.
 */
public final class AggregationBenchmark {

  private static final int CALLERS = 8;
  private static final int RECORDS_A_CALL = 500;
  private static final int SERVICES = 20;
  private static final int SECONDS = 15;

  private AggregationBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("aggregation");
    try (LocalCloud cloud =
            LocalCloud.start(
                folder,
                "127.0.0.1",
                0,
                KinesisOptions.defaults().withThrottling(true),
                Clock.systemUTC());
        AwsClients aws = AwsClients.ofEmbedded(cloud.endpoint(), "us-east-1")) {
      Resources resources = new Resources(aws.kinesis(), aws.s3(), aws.sqs());
      for (int bytes : new int[] {100, 375, 1000}) {
        resources.ensureStream("plain-" + bytes, 1);
        resources.ensureStream("gathered-" + bytes, 1);
        double plain = recordsASecond(aws.publishingKinesis(), false, "plain-" + bytes, bytes);
        double gathered =
            recordsASecond(
                new AggregatingKinesisClient(aws.publishingKinesis()),
                true,
                "gathered-" + bytes,
                bytes);
        System.out.printf(
            "%4d bytes: %.0f records/s, gathered %.0f records/s, ratio %.1f%n",
            bytes, plain, gathered, gathered / plain);
      }
    }
  }

  private static double recordsASecond(
      KinesisClient kinesis, boolean gathered, String stream, int bytes)
      throws InterruptedException {
    PublishingKinesisClient publisher =
        new PublishingKinesisClient(kinesis, PublishTuning.withBuffer(64 << 20, gathered));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    for (int i = 0; i < CALLERS; i++) {
      callers.execute(() -> put(publisher, stream, bytes, over));
    }
    // A shard at rest has a second's worth of its rate in store.
    TimeUnit.SECONDS.sleep(3);
    long before = publisher.metrics().records();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(SECONDS);
    double rate = (publisher.metrics().records() - before) / ((System.nanoTime() - start) / 1e9);
    over.set(true);
    callers.shutdown();
    callers.awaitTermination(1, TimeUnit.MINUTES);
    return rate;
  }

  private static void put(
      PublishingKinesisClient publisher, String stream, int bytes, AtomicBoolean over) {
    List<PutRecordsRequestEntry> records = new ArrayList<>();
    for (int i = 0; i < RECORDS_A_CALL; i++) {
      records.add(
          PutRecordsRequestEntry.builder()
              .partitionKey("service-%02d".formatted(i % SERVICES))
              .data(SdkBytes.fromByteArray("x".repeat(bytes).getBytes(US_ASCII)))
              .build());
    }
    while (!over.get()) {
      publisher.putRecords(put -> put.streamName(stream).records(records));
    }
  }
}

package routes;

import java.util.List;
import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.settings.Settings;

/** The streams, buckets and queues of one stage of the platform. */
final class StageResources {

  private static final String METRICS_STREAM = "stage01-metrics-stream";
  private static final List<String> OTHER_LAKES = List.of("md-raw-metrics", "md-raw-apm");

  private StageResources() {}

  /** Creates what is missing. */
  static void create(Settings settings, AwsClients aws) {
    Resources resources = new Resources(aws.kinesis(), aws.s3(), aws.sqs());
    resources.ensureStream(settings.kinesis().streamName(), settings.kinesis().shardCount());
    resources.ensureStream(METRICS_STREAM, settings.kinesis().shardCount());
    resources.ensureBucket(settings.lake().bucket());
    resources.ensureBucket(settings.lake().stateBucket());
    OTHER_LAKES.forEach(resources::ensureBucket);
    resources.ensureQueue(settings.lake().deadLetterQueue());
  }
}

package routes;

import routes.cloud.AwsClients;
import routes.cloud.Resources;
import routes.settings.Settings;

/** The stream, the buckets and the queue that the settings name. */
final class StageResources {

  private StageResources() {}

  /** Creates what is missing. */
  static void create(Settings settings, AwsClients aws) {
    Resources resources = new Resources(aws.kinesis(), aws.s3(), aws.sqs());
    resources.ensureStream(settings.kinesis().streamName(), settings.kinesis().shardCount());
    resources.ensureBucket(settings.lake().bucket());
    resources.ensureBucket(settings.lake().stateBucket());
    resources.ensureQueue(settings.lake().deadLetterQueue());
  }
}

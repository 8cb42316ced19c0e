package routes.cloud;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The cheapest calls that fail when a stream, a bucket, a queue or a table cannot be used. They
 * throw what the SDK throws, after three seconds at most.
 */
public final class Probes {

  private static final AwsRequestOverrideConfiguration SHORT_TIMEOUT =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(3)).build();

  private Probes() {}

  public static Runnable stream(KinesisClient kinesis, String name) {
    return () ->
        kinesis.describeStreamSummary(
            describe -> describe.streamName(name).overrideConfiguration(SHORT_TIMEOUT));
  }

  public static Runnable bucket(S3Client s3, String name) {
    return () -> s3.headBucket(head -> head.bucket(name).overrideConfiguration(SHORT_TIMEOUT));
  }

  public static Runnable queue(SqsClient sqs, String name) {
    return () -> sqs.getQueueUrl(get -> get.queueName(name).overrideConfiguration(SHORT_TIMEOUT));
  }

  public static Runnable table(DynamoDbAsyncClient dynamoDb, String name) {
    return () -> {
      try {
        dynamoDb
            .describeTable(
                describe -> describe.tableName(name).overrideConfiguration(SHORT_TIMEOUT))
            .join();
      } catch (CompletionException failure) {
        throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
      }
    };
  }
}

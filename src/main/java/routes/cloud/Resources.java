package routes.cloud;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/**
 * Creates the streams, buckets and queues that are missing and leaves those that exist as they are.
 *
 * <p>Several processes may do so at the same time. Every method throws {@link CloudException},
 * naming the resource, when the cloud refuses or cannot be reached.
 */
public final class Resources {

  /** 14 days, the longest SQS allows: a dead letter should wait for a human. */
  private static final String QUEUE_RETENTION_SECONDS = "1209600";

  /** For at most three minutes; a new stream takes AWS some ten seconds and an emulator none. */
  private static final WaiterOverrideConfiguration EVERY_HALF_SECOND =
      WaiterOverrideConfiguration.builder()
          .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(500)))
          .maxAttempts(360)
          .build();

  private final KinesisClient kinesis;
  private final S3Client s3;
  private final SqsClient sqs;

  public Resources(KinesisClient kinesis, S3Client s3, SqsClient sqs) {
    this.kinesis = kinesis;
    this.s3 = s3;
    this.sqs = sqs;
  }

  /** All that the settings name. */
  public void ensure(ResourceSettings settings) {
    settings.signals().streams().forEach(stream -> ensureStream(stream, settings.shardCount()));
    settings.layers().stream()
        .flatMap(layer -> settings.signals(layer).buckets().stream())
        .forEach(this::ensureBucket);
    ensureBucket(settings.state());
    ensureQueue(settings.deadLetterQueue());
  }

  /**
   * Returns when the stream is active.
   *
   * @param shards how many shards a new stream gets, at least 1
   */
  public void ensureStream(String name, int shards) {
    attempt(
        "stream",
        name,
        () -> {
          if (!streamExists(name)) {
            createStream(name, shards);
          }
          awaitActive(name);
          return name;
        });
  }

  public void ensureBucket(String name) {
    attempt(
        "bucket",
        name,
        () -> {
          if (!bucketExists(name)) {
            createBucket(name);
          }
          return name;
        });
  }

  /** Returns the queue's URL. */
  public String ensureQueue(String name) {
    return attempt(
        "queue",
        name,
        () -> {
          try {
            return queueUrl(name);
          } catch (QueueDoesNotExistException e) {
            return createQueue(name);
          }
        });
  }

  private boolean streamExists(String name) {
    try {
      kinesis.describeStreamSummary(r -> r.streamName(name));
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  private void createStream(String name, int shards) {
    try {
      kinesis.createStream(r -> r.streamName(name).shardCount(shards));
    } catch (ResourceInUseException e) {
      // Another process was faster.
    }
  }

  private void awaitActive(String name) {
    try (KinesisWaiter waiter = KinesisWaiter.builder().client(kinesis).build()) {
      waiter.waitUntilStreamExists(
          DescribeStreamRequest.builder().streamName(name).build(), EVERY_HALF_SECOND);
    }
  }

  private boolean bucketExists(String name) {
    try {
      s3.headBucket(r -> r.bucket(name));
      return true;
    } catch (NoSuchBucketException e) {
      return false;
    }
  }

  private void createBucket(String name) {
    try {
      s3.createBucket(r -> r.bucket(name));
    } catch (BucketAlreadyOwnedByYouException e) {
      // Another process was faster.
    }
  }

  private String queueUrl(String name) {
    return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
  }

  private String createQueue(String name) {
    Map<QueueAttributeName, String> attributes =
        Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, QUEUE_RETENTION_SECONDS);
    try {
      return sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    } catch (QueueNameExistsException e) {
      // Another process was faster, with other attributes.
      return queueUrl(name);
    }
  }

  private static <T> T attempt(String kind, String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw new CloudException(
          "The %s %s can neither be found nor created (%s): check endpoint, region and permissions, or create it and set CREATE_RESOURCES=false"
              .formatted(kind, name, e.getMessage()),
          e);
    }
  }
}

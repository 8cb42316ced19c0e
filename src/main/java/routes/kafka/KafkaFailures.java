package routes.kafka;

import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Says in the SDK's exceptions, which the app knows, what went wrong with Kafka. */
final class KafkaFailures {

  private static final int BAD_REQUEST = 400;

  private final String brokers;

  KafkaFailures(String brokers) {
    this.brokers = brokers;
  }

  /**
   * Of something that was asked for.
   *
   * @param what such as "describe the topic logs"
   */
  SdkException of(String what, Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = "Kafka at %s cannot %s: %s".formatted(brokers, what, describe(cause));
    if (cause instanceof SdkException known) {
      return known;
    } else if (cause instanceof UnknownTopicOrPartitionException) {
      return ResourceNotFoundException.builder()
          .message(message)
          .cause(cause)
          .statusCode(BAD_REQUEST)
          .build();
    } else if (cause instanceof TopicExistsException) {
      return ResourceInUseException.builder()
          .message(message)
          .cause(cause)
          .statusCode(BAD_REQUEST)
          .build();
    }
    return SdkClientException.create(message, cause);
  }

  /** Of a thread that is to stop, whose flag it sets. */
  static SdkException interrupted(Throwable cause) {
    Thread.currentThread().interrupt();
    return AbortedException.create("Interrupted while Kafka was waited for", cause);
  }

  /** The same failure, of a call that came before anything was sent. */
  static SdkException unsent(SdkException failure) {
    String message = String.valueOf(failure.getMessage());
    // By this cause whoever publishes knows that nothing can be on the stream.
    return SdkClientException.create(message, new ConnectException(message));
  }

  /** A topic, or a partition of it, that was there once. */
  static SdkException gone(Partition partition) {
    return ResourceNotFoundException.builder()
        .message(
            "The topic %s was deleted or made again: %s is no more"
                .formatted(partition.topic(), partition.name()))
        .statusCode(BAD_REQUEST)
        .build();
  }

  /** What Kafka no longer has at a place, so that it must be asked where to go on. */
  static SdkException dropped(Place place) {
    return ExpiredIteratorException.builder()
        .message("Kafka has dropped offset %s of %s".formatted(place.offset(), place.partition()))
        .statusCode(BAD_REQUEST)
        .build();
  }

  /** A partition that lost what was read before a place. */
  static SdkException cut(Place place, long end) {
    return SdkClientException.create(
        "%s of the topic %s goes on at offset %s, before %s, up to which it was read: it was cut, as by an unclean election of a leader. New records would be taken for old ones; move them to a topic of another name, or delete this one and make it again"
            .formatted(place.partition().name(), place.partition().topic(), end, place.offset()));
  }

  /** Whether it says that a record was not written, and not only that nobody knows. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof AuthorizationException
        || failure instanceof InvalidTimestampException;
  }

  private static String describe(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}

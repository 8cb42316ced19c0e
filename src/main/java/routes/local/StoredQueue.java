package routes.local;

import java.time.Duration;
import java.util.Map;
import org.elasticmq.CreateQueueData;
import org.elasticmq.DeadLettersQueueData;
import org.elasticmq.MillisVisibilityTimeout;
import org.elasticmq.QueueData;
import org.elasticmq.util.OffsetDateTimeUtil;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A queue's settings as they lie on disk. Times are milliseconds since 1970.
 *
 * @param redriveTo the queue that takes what was received {@code maxReceiveCount} times; null when
 *     there is none
 */
record StoredQueue(
    String name,
    long visibilityTimeoutMillis,
    long delayMillis,
    long receiveWaitMillis,
    long created,
    long lastModified,
    @Nullable String redriveTo,
    int maxReceiveCount,
    boolean fifo,
    boolean contentBasedDeduplication,
    Map<String, String> tags) {

  static StoredQueue of(QueueData queue) {
    Option<DeadLettersQueueData> redrive = queue.deadLettersQueue();
    return new StoredQueue(
        queue.name(),
        queue.defaultVisibilityTimeout().millis(),
        queue.delay().toMillis(),
        queue.receiveMessageWait().toMillis(),
        queue.created().toInstant().toEpochMilli(),
        queue.lastModified().toInstant().toEpochMilli(),
        redrive.isDefined() ? redrive.get().name() : null,
        redrive.isDefined() ? redrive.get().maxReceiveCount() : 0,
        queue.isFifo(),
        queue.hasContentBasedDeduplication(),
        Map.copyOf(CollectionConverters.asJava(queue.tags())));
  }

  CreateQueueData toCreateQueueData() {
    return new CreateQueueData(
        name,
        Option.apply(new MillisVisibilityTimeout(visibilityTimeoutMillis)),
        Option.apply(Duration.ofMillis(delayMillis)),
        Option.apply(Duration.ofMillis(receiveWaitMillis)),
        Option.apply(OffsetDateTimeUtil.ofEpochMilli(created)),
        Option.apply(OffsetDateTimeUtil.ofEpochMilli(lastModified)),
        Option.apply(redriveTo).map(target -> new DeadLettersQueueData(target, maxReceiveCount)),
        fifo,
        contentBasedDeduplication,
        Option.empty(),
        Option.empty(),
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(tags)));
  }
}

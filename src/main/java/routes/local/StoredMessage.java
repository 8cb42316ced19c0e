package routes.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticmq.DeduplicationId;
import org.elasticmq.MessageAttribute;
import org.elasticmq.MessageContent;
import org.elasticmq.NeverReceived$;
import org.elasticmq.OnDateTimeReceived;
import org.elasticmq.Received;
import org.elasticmq.TracingId;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.util.OffsetDateTimeUtil;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.mutable.Buffer;
import scala.collection.mutable.ListBuffer;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A message of a queue as it lies on disk, in flight or not. Times are milliseconds since 1970.
 *
 * @param nextDelivery when it may be received (again)
 * @param firstReceived null when it never was
 * @param lastReceipt the receipt handle of the latest delivery, the only one that may delete it;
 *     null before the first
 */
record StoredMessage(
    String id,
    String body,
    Map<String, StoredAttribute> attributes,
    long sent,
    int orderIndex,
    long nextDelivery,
    int receiveCount,
    @Nullable Long firstReceived,
    @Nullable String lastReceipt,
    boolean fifo,
    @Nullable String group,
    @Nullable String deduplicationId,
    @Nullable String sequenceNumber,
    @Nullable String tracingId,
    @Nullable String deadLetterSource) {

  static StoredMessage of(InternalMessage message) {
    Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
    CollectionConverters.asJava(message.messageAttributes())
        .forEach((name, attribute) -> attributes.put(name, StoredAttribute.of(attribute)));
    return new StoredMessage(
        message.id(),
        message.content().value(),
        attributes,
        message.created().toInstant().toEpochMilli(),
        message.orderIndex(),
        message.nextDelivery(),
        message.receiveCount(),
        message.firstReceive() instanceof OnDateTimeReceived first
            ? first.when().toInstant().toEpochMilli()
            : null,
        orNull(message.deliveryReceipts().lastOption()),
        message.isFifo(),
        orNull(message.messageGroupId()),
        orNull(message.messageDeduplicationId().map(DeduplicationId::id)),
        orNull(message.sequenceNumber()),
        orNull(message.tracingId().map(TracingId::id)),
        orNull(message.deadLetterSourceQueueName()));
  }

  InternalMessage toMessage() {
    Buffer<String> receipts = new ListBuffer<>();
    if (lastReceipt != null) {
      receipts.addOne(lastReceipt);
    }
    Map<String, MessageAttribute> restored = new LinkedHashMap<>();
    attributes.forEach((name, attribute) -> restored.put(name, attribute.toAttribute()));
    return new InternalMessage(
        id,
        receipts,
        nextDelivery,
        new MessageContent(body),
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(restored)),
        OffsetDateTimeUtil.ofEpochMilli(sent),
        orderIndex,
        received(),
        receiveCount,
        fifo,
        Option.apply(group),
        Option.apply(deduplicationId).map(DeduplicationId::new),
        Option.apply(tracingId).map(TracingId::new),
        Option.apply(sequenceNumber),
        Option.apply(deadLetterSource));
  }

  private Received received() {
    return firstReceived == null
        ? NeverReceived$.MODULE$
        : new OnDateTimeReceived(OffsetDateTimeUtil.ofEpochMilli(firstReceived));
  }

  private static <T> @Nullable T orNull(Option<T> option) {
    return option.isDefined() ? option.get() : null;
  }
}

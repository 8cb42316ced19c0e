package routes.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a queue as it lies on disk, in flight or not. Times are milliseconds since 1970.
 *
 * @param nextDelivery when it may be received (again)
 * @param firstReceived null when it never was
 * @param lastReceipt the receipt handle of the latest delivery, the only one that may delete it;
 *     null before the first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StoredMessage(
    String id,
    String body,
    Map<String, StoredAttribute> attributes,
    long sent,
    long nextDelivery,
    int receiveCount,
    @Nullable Long firstReceived,
    @Nullable String lastReceipt) {

  /** What changes while it is delivered. */
  static final Set<String> DELIVERY =
      Set.of("nextDelivery", "receiveCount", "firstReceived", "lastReceipt");

  private static final char HANDLE = '#';

  static StoredMessage of(
      String body, Map<String, StoredAttribute> attributes, long now, long nextDelivery) {
    return new StoredMessage(
        UUID.randomUUID().toString(), body, attributes, now, nextDelivery, 0, null, null);
  }

  /** The message that a receipt handle is of. */
  static String idOf(String receiptHandle) {
    int end = receiptHandle.indexOf(HANDLE);
    return end < 0 ? receiptHandle : receiptHandle.substring(0, end);
  }

  StoredMessage received(long now, long again) {
    return new StoredMessage(
        id,
        body,
        attributes,
        sent,
        again,
        receiveCount + 1,
        firstReceived == null ? (Long) now : firstReceived,
        id + HANDLE + UUID.randomUUID());
  }

  StoredMessage visibleAt(long time) {
    return new StoredMessage(
        id, body, attributes, sent, time, receiveCount, firstReceived, lastReceipt);
  }

  /** What AWS counts: the body, and names, types and values of attributes. */
  int size() {
    int size = body.getBytes(UTF_8).length;
    for (Map.Entry<String, StoredAttribute> attribute : attributes.entrySet()) {
      size += attribute.getKey().getBytes(UTF_8).length;
      size += attribute.getValue().dataType().getBytes(UTF_8).length;
      size += attribute.getValue().bytes().length;
    }
    return size;
  }
}

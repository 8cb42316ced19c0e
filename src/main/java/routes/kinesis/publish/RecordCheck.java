package routes.kinesis.publish;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Finds a record Kinesis would never take, before it shares a request with other callers' records:
 * Kinesis refuses such a request as a whole.
 */
final class RecordCheck {

  private static final BigInteger HASH_KEYS = BigInteger.TWO.pow(128);

  private RecordCheck() {}

  /**
   * Checks every record of one caller.
   *
   * @throws PublishRefusedException naming the first bad record and what is wrong with it
   */
  static void requireValid(List<PutRecordsRequestEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      String fault = faultOf(entries.get(i));
      if (fault != null) {
        throw new PublishRefusedException(
            "Record %s of %s %s; none of them was sent".formatted(i + 1, entries.size(), fault),
            new Delivery(entries.size(), 0, 0),
            null);
      }
    }
  }

  private static @Nullable String faultOf(PutRecordsRequestEntry entry) {
    if (entry.data() == null) {
      return "has no data";
    }
    String key = entry.partitionKey();
    if (key == null || key.isEmpty()) {
      return "has no partition key";
    }
    if (key.length() > KinesisLimits.KEY_CHARACTERS) {
      return "has a partition key of %s characters, Kinesis takes %s"
          .formatted(key.length(), KinesisLimits.KEY_CHARACTERS);
    }
    int size = PendingRecord.sizeOf(entry);
    if (size > KinesisLimits.RECORD_BYTES) {
      return "has %s bytes with its partition key, Kinesis takes %s"
          .formatted(size, KinesisLimits.RECORD_BYTES);
    }
    if (entry.explicitHashKey() != null && !isHashKey(entry.explicitHashKey())) {
      return "has the explicit hash key " + entry.explicitHashKey() + ", allowed is 0 to 2^128-1";
    }
    return null;
  }

  private static boolean isHashKey(String text) {
    return text.matches("0|[1-9][0-9]{0,38}") && new BigInteger(text).compareTo(HASH_KEYS) < 0;
  }
}

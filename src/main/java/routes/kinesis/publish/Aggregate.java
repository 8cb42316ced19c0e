package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import routes.envelope.AggregatedFormat;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Records of one key on their way into one Kinesis record. One alone stays as it is; several become
 * an aggregated record.
 */
final class Aggregate {

  /**
   * The Kinesis Producer Library's default, and two of the units of 25 KiB in which AWS charges
   * what is put. A shard could take fifty times as much in its thousand records a second, so larger
   * ones would not be faster, only refused more at a time.
   */
  private static final int MAX_BYTES = 50 * 1024;

  /** What Protocol Buffers puts around the two keys, and the format around the message. */
  private static final int ENVELOPE_BYTES = 12 + AggregatedFormat.ENVELOPE_BYTES;

  /** The most that Protocol Buffers puts around a record that fits. */
  private static final int RECORD_ENVELOPE_BYTES = 14;

  private final List<PutRecordsRequestEntry> entries = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private int bytes;

  /** Where its records stand in the request. */
  List<Integer> indexes() {
    return indexes;
  }

  boolean hasRoomFor(PutRecordsRequestEntry entry) {
    return bytes + sizeOf(entry) <= MAX_BYTES;
  }

  /** Adds a record of the same key; the first one whatever its size. */
  void add(int index, PutRecordsRequestEntry entry) {
    if (entries.isEmpty()) {
      bytes = ENVELOPE_BYTES + keyBytes(entry);
    }
    bytes += sizeOf(entry);
    entries.add(entry);
    indexes.add(index);
  }

  /** What Kinesis is sent. */
  PutRecordsRequestEntry entry() {
    PutRecordsRequestEntry first = entries.get(0);
    return entries.size() == 1
        ? first
        : first.toBuilder().data(SdkBytes.fromByteArrayUnsafe(data(first))).build();
  }

  private byte[] data(PutRecordsRequestEntry first) {
    boolean hashed = first.explicitHashKey() != null;
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder().addPartitionKeyTable(first.partitionKey());
    if (hashed) {
      message.addExplicitHashKeyTable(first.explicitHashKey());
    }
    for (PutRecordsRequestEntry entry : entries) {
      Messages.Record.Builder record =
          message
              .addRecordsBuilder()
              .setPartitionKeyIndex(0)
              .setData(UnsafeByteOperations.unsafeWrap(entry.data().asByteArrayUnsafe()));
      if (hashed) {
        record.setExplicitHashKeyIndex(0);
      }
    }
    return AggregatedFormat.payload(message.build());
  }

  private static int sizeOf(PutRecordsRequestEntry entry) {
    return RECORD_ENVELOPE_BYTES + entry.data().asByteArrayUnsafe().length;
  }

  /** The partition key counts twice: in the message and, as Kinesis counts, beside it. */
  private static int keyBytes(PutRecordsRequestEntry entry) {
    int partitionKey = entry.partitionKey().getBytes(UTF_8).length;
    String hashKey = entry.explicitHashKey();
    return 2 * partitionKey + (hashKey == null ? 0 : hashKey.length());
  }
}

package routes.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Records of one key on their way into one Kinesis record. One alone stays as it is; several become
 * a magic number, a Protocol Buffers message and the message's MD5.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">KPL
 *     Aggregated Record Format</a>
 */
final class Aggregate {

  /**
   * The Kinesis Producer Library's default, and two of the units of 25 KiB in which AWS charges
   * what is put. A shard could take fifty times as much in its thousand records a second, so larger
   * ones would not be faster, only refused more at a time.
   */
  private static final int MAX_BYTES = 50 * 1024;

  /** Magic number and MD5, and what Protocol Buffers puts around the two keys. */
  private static final int ENVELOPE_BYTES = 32;

  /** The most that Protocol Buffers puts around a record that fits. */
  private static final int RECORD_ENVELOPE_BYTES = 14;

  private static final byte[] MAGIC = AggregatorUtil.AGGREGATED_RECORD_MAGIC;

  @SuppressWarnings("deprecation") // The format's choice.
  private static final HashFunction MD5 = Hashing.md5();

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
    byte[] body = message.build().toByteArray();
    byte[] digest = MD5.hashBytes(body).asBytes();
    return ByteBuffer.allocate(MAGIC.length + body.length + digest.length)
        .put(MAGIC)
        .put(body)
        .put(digest)
        .array();
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

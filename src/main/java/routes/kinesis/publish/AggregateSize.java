package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import routes.envelope.AggregatedFormat;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The most bytes that an aggregated record takes of a request, with its partition key. */
final class AggregateSize {

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

  private int bytes;

  /** With its first record, whatever the size of that. */
  AggregateSize(PutRecordsRequestEntry first) {
    bytes = ENVELOPE_BYTES + keyBytes(first) + of(first);
  }

  /** What a further record takes. */
  static int of(PutRecordsRequestEntry entry) {
    return RECORD_ENVELOPE_BYTES + entry.data().asByteArrayUnsafe().length;
  }

  boolean hasRoomFor(PutRecordsRequestEntry entry) {
    return bytes + of(entry) <= MAX_BYTES;
  }

  void add(PutRecordsRequestEntry entry) {
    bytes += of(entry);
  }

  int bytes() {
    return bytes;
  }

  /** The partition key counts twice: in the message and, as Kinesis counts, beside it. */
  private static int keyBytes(PutRecordsRequestEntry entry) {
    int partitionKey = entry.partitionKey().getBytes(UTF_8).length;
    String hashKey = entry.explicitHashKey();
    return 2 * partitionKey + (hashKey == null ? 0 : hashKey.length());
  }
}

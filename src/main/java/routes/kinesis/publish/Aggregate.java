package routes.kinesis.publish;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.envelope.AggregatedFormat;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Records of one key on their way into one Kinesis record. One alone stays as it is; several become
 * an aggregated record.
 */
final class Aggregate {

  /** What records have in common that are gathered in one. */
  record Key(String partitionKey, @Nullable String explicitHashKey) {

    static Key of(PutRecordsRequestEntry entry) {
      return new Key(entry.partitionKey(), entry.explicitHashKey());
    }
  }

  private final List<PutRecordsRequestEntry> entries = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();
  private final AggregateSize size;

  /** One with its first record, whatever the size of that. */
  Aggregate(int index, PutRecordsRequestEntry first) {
    size = new AggregateSize(first);
    entries.add(first);
    indexes.add(index);
  }

  /** Where its records stand in the request. */
  List<Integer> indexes() {
    return indexes;
  }

  boolean hasRoomFor(PutRecordsRequestEntry entry) {
    return size.hasRoomFor(entry);
  }

  /** Adds a record of the same key. */
  void add(int index, PutRecordsRequestEntry entry) {
    size.add(entry);
    entries.add(entry);
    indexes.add(index);
  }

  /** What Kinesis is sent. */
  PutRecordsRequestEntry entry() {
    PutRecordsRequestEntry first = entries.get(0);
    return entries.size() == 1
        ? first
        : first.toBuilder().data(SdkBytes.fromByteArrayUnsafe(payload(first))).build();
  }

  private byte[] payload(PutRecordsRequestEntry first) {
    return AggregatedFormat.payload(
        first.partitionKey(),
        first.explicitHashKey(),
        entries.stream().map(entry -> entry.data().asByteArrayUnsafe()).toList());
  }
}

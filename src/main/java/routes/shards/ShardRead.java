package routes.shards;

import java.util.ArrayList;
import java.util.List;
import routes.ledger.Position;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * The outcome of one read.
 *
 * @param records as they came, in shard order, perhaps none
 * @param hashKeys those of the shard
 * @param behindMillis how much later than the last record read the shard's newest arrived; 0 when
 *     there is no more to read
 * @param end whether the shard is closed and was read to its end
 */
record ShardRead(List<Record> records, HashRange hashKeys, long behindMillis, boolean end) {

  /** A read may unpack to hundreds of times what Kinesis sent; this much is in memory at once. */
  private static final long PART_BYTES = 8 << 20;

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** As they came. */
  long bytes() {
    return records.stream().mapToLong(record -> record.data().asByteArrayUnsafe().length).sum();
  }

  Record first() {
    return records.get(0);
  }

  Record last() {
    return records.get(records.size() - 1);
  }

  boolean isBehind() {
    return behindMillis > 0;
  }

  /** Those of the records that do not lie after a position. */
  ShardRead upTo(Position position) {
    List<Record> before =
        records.stream()
            .filter(record -> !Position.endOf(record.sequenceNumber()).isAfter(position))
            .toList();
    return new ShardRead(before, hashKeys, behindMillis, end);
  }

  /** Those of the records that lie after a position, at least in part. */
  ShardRead after(Position position) {
    List<Record> after =
        records.stream()
            .filter(record -> Position.endOf(record.sequenceNumber()).isAfter(position))
            .toList();
    return new ShardRead(after, hashKeys, behindMillis, end);
  }

  /**
   * The records from this one on, unpacked: as many as belong together in memory, at least one.
   *
   * @param from an index of {@link #records}
   */
  List<ShardRecord> part(int from) {
    List<ShardRecord> part = new ArrayList<>();
    long bytes = 0;
    for (int next = from; next < records.size() && bytes < PART_BYTES; next++) {
      ShardRecord record = unpacked(records.get(next));
      bytes += record.bytes();
      part.add(record);
    }
    return part;
  }

  private ShardRecord unpacked(Record record) {
    return new ShardRecord(
        record.sequenceNumber(),
        record.approximateArrivalTimestamp(),
        Unpacking.of(record.data().asByteArrayUnsafe(), hashKeys));
  }
}

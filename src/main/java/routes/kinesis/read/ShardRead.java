package routes.kinesis.read;

import java.time.Duration;
import java.util.List;
import routes.ledger.Position;

/**
 * The outcome of one read.
 *
 * @param records as they came, in shard order, perhaps none
 * @param hashKeys those of the shard
 * @param behindMillis how much later than the last record read the shard's newest arrived; 0 when
 *     there is no more to read
 * @param end whether the shard is closed and was read to its end
 * @param renewed whether the stream had to be asked anew where to read on
 * @param age how long ago another reader asked for it; zero when Kinesis was asked for this one
 */
record ShardRead(
    List<KinesisRecord> records,
    HashRange hashKeys,
    long behindMillis,
    boolean end,
    boolean renewed,
    Duration age) {

  private static final Duration LEAST_AGE = Duration.ofMillis(1);

  /** One that Kinesis was asked for. */
  ShardRead(
      List<KinesisRecord> records,
      HashRange hashKeys,
      long behindMillis,
      boolean end,
      boolean renewed) {
    this(records, hashKeys, behindMillis, end, renewed, Duration.ZERO);
  }

  /** The same, asked for by another reader so long ago, or just now. */
  ShardRead asOf(Duration age) {
    return new ShardRead(
        records, hashKeys, behindMillis, end, renewed, age.isZero() ? LEAST_AGE : age);
  }

  /** Whether another reader asked for it. */
  boolean isShared() {
    return !age.isZero();
  }

  /** How much earlier everything had been read that had arrived. */
  long asOfMillis() {
    return behindMillis + age.toMillis();
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** As they came. */
  long bytes() {
    return records.stream().mapToLong(record -> record.data().length()).sum();
  }

  KinesisRecord first() {
    return records.get(0);
  }

  KinesisRecord last() {
    return records.get(records.size() - 1);
  }

  boolean isBehind() {
    return behindMillis > 0;
  }

  /** Those of the records that do not lie after a position. */
  ShardRead upTo(Position position) {
    List<KinesisRecord> before =
        records.stream()
            .filter(record -> !Position.endOf(record.sequenceNumber()).isAfter(position))
            .toList();
    return new ShardRead(before, hashKeys, behindMillis, end, renewed, age);
  }

  /** Those of the records that lie after a position, at least in part. */
  ShardRead after(Position position) {
    List<KinesisRecord> after =
        records.stream()
            .filter(record -> Position.endOf(record.sequenceNumber()).isAfter(position))
            .toList();
    return new ShardRead(after, hashKeys, behindMillis, end, renewed, age);
  }
}

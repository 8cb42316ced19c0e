package routes.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.Content;
import routes.ledger.Arrivals;
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.partition.Partition;

/**
 * Consecutive records of one group, which is one service and hour of one shard, on their way into
 * one object. Grows while it is open; from then on nothing changes it. Not thread-safe.
 */
public final class Batch {

  /**
   * What a group costs beside its records, in bytes: its names, and what the aggregator, the ledger
   * and the list of open groups have of it.
   */
  static final int OVERHEAD = 4096;

  private final Lake lake;
  private final ShardId shard;
  private final ShardLedger ledger;
  private final Partition partition;
  private final List<RecordChunk> chunks = new ArrayList<>();
  private long openedNanos;
  private CloseReason closedBy = CloseReason.CONDITION;
  private long bytes;
  private int count;
  private long cost = OVERHEAD;
  private volatile long storedBytes;

  Batch(Lake lake, ShardId shard, ShardLedger ledger, Partition partition, long openedNanos) {
    this.lake = lake;
    this.shard = shard;
    this.ledger = ledger;
    this.partition = partition;
    this.openedNanos = openedNanos;
  }

  Batch with(RecordChunk chunk) {
    chunks.add(chunk);
    bytes += chunk.bytes();
    count += chunk.count();
    cost += chunk.cost();
    return this;
  }

  /** Adds what follows this batch in its group, which from now on is as old as this batch. */
  Batch join(Batch next) {
    next.chunks.forEach(this::with);
    next.openedNanos = openedNanos;
    return this;
  }

  /** The records after a position, or null when there are none. */
  @Nullable Batch after(Position delivered) {
    Batch rest = new Batch(lake, shard, ledger, partition, openedNanos).close(closedBy);
    for (RecordChunk chunk : chunks) {
      RecordChunk left = chunk.after(delivered);
      if (left != null) {
        rest.with(left);
      }
    }
    return rest.chunks.isEmpty() ? null : rest;
  }

  Batch close(CloseReason reason) {
    closedBy = reason;
    return this;
  }

  /** What closed it; of no meaning while it is open. */
  CloseReason closedBy() {
    return closedBy;
  }

  /** Where its object goes. */
  Lake lake() {
    return lake;
  }

  public ShardId shard() {
    return shard;
  }

  public ShardLedger ledger() {
    return ledger;
  }

  public Partition partition() {
    return partition;
  }

  /** The group's name within its shard. */
  public String group() {
    return partition.path();
  }

  /** The group's name among all shards. */
  public String correlation() {
    return shard + "/" + group();
  }

  public Position first() {
    return chunks.get(0).first();
  }

  public Position last() {
    return chunks.get(chunks.size() - 1).last();
  }

  /** Records, copies included: they have no line, but a place. */
  public int count() {
    return count;
  }

  /** When the first record arrived, or a little earlier. */
  Instant arrival() {
    return chunks.get(0).arrival();
  }

  /** Its records and copies by when they arrived. */
  Arrivals arrivals() {
    return chunks.stream()
        .map(
            chunk ->
                Arrivals.of(
                    Arrivals.hour(chunk.arrival()),
                    new HourCount(0, chunk.lines(), chunk.count() - chunk.lines(), 0)))
        .reduce(Arrivals.NONE, Arrivals::plus);
  }

  int lines() {
    return chunks.stream().mapToInt(RecordChunk::lines).sum();
  }

  /** The lines' length before compression. */
  public long bytes() {
    return bytes;
  }

  /** How long ago the group was opened by its first record. */
  long ageMillis() {
    return (System.nanoTime() - openedNanos) / 1_000_000;
  }

  /** The memory held, in bytes. */
  long cost() {
    return cost;
  }

  /** Remembers the size of what it became. */
  void stored(long size) {
    storedBytes = size;
  }

  /** The size of what it became, in bytes; 0 before. */
  long storedBytes() {
    return storedBytes;
  }

  List<RecordChunk> chunks() {
    return chunks;
  }

  void eachLine(Consumer<Content.Line> line) {
    chunks.forEach(chunk -> chunk.eachLine(line));
  }

  void writeTo(OutputStream out) throws IOException {
    for (RecordChunk chunk : chunks) {
      chunk.writeTo(out);
    }
  }
}

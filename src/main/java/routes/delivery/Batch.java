package routes.delivery;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.Content;
import routes.ledger.Arrivals;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.partition.Partition;
import routes.spool.Spool;
import routes.spool.SpoolFile;

/**
 * Consecutive records of one group, which is one service and hour of one shard, on their way into
 * one object. Grows while it is open, by one thread, while another may move it to disk; from then
 * on nothing changes it.
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
  private final String group;
  private final String correlation;
  private final List<Chunk> chunks = new ArrayList<>();
  private long openedNanos;
  private CloseReason closedBy = CloseReason.CONDITION;
  private long bytes;
  private int count;
  private long cost = OVERHEAD;
  private boolean ended;
  private @Nullable SpoolFile object;
  private volatile long storedBytes;

  Batch(Lake lake, ShardId shard, ShardLedger ledger, Partition partition, long openedNanos) {
    this.lake = lake;
    this.shard = shard;
    this.ledger = ledger;
    this.partition = partition;
    this.group = partition.path();
    this.correlation = shard + "/" + group;
    this.openedNanos = openedNanos;
  }

  Batch with(Chunk chunk) {
    chunks.add(chunk);
    bytes += chunk.bytes();
    count += chunk.count();
    cost += chunk.cost();
    return this;
  }

  /** Adds what follows this batch in its group, which from now on is as old as this batch. */
  synchronized Batch join(Batch next) {
    next.chunks.forEach(this::with);
    next.openedNanos = openedNanos;
    return this;
  }

  /**
   * Moves its records to disk, unless it has ended.
   *
   * @return the memory that is free now, in bytes
   * @throws IOException after which it is as it was before
   */
  synchronized long moveTo(Spool spool) throws IOException {
    if (ended) {
      return 0;
    }
    long before = cost;
    SpooledChunk spooled = SpooledChunk.of(chunks, spool);
    chunks.clear();
    chunks.add(spooled);
    cost = OVERHEAD + spooled.cost();
    return before - cost;
  }

  /** It neither grows nor moves any more. */
  synchronized void end() {
    ended = true;
  }

  /** How much of it is on disk, in bytes. */
  synchronized long spooledBytes() {
    return chunks.get(0) instanceof SpooledChunk spooled ? spooled.end() : 0;
  }

  /**
   * The records after a position, or null when there are none.
   *
   * @throws UncheckedIOException when what is on disk cannot be read
   */
  @Nullable Batch after(Position delivered) {
    Batch rest = sameGroup();
    try {
      for (Chunk chunk : chunks) {
        Chunk left = chunk.after(delivered);
        if (left != null) {
          rest.with(left);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return rest.chunks.isEmpty() ? null : rest;
  }

  /**
   * Its first records, in memory.
   *
   * @param maxBytes of lines, and what is whole with them
   * @throws UncheckedIOException when what is on disk cannot be read
   */
  Batch head(long maxBytes) {
    Batch head = sameGroup();
    try {
      for (Chunk chunk : chunks) {
        if (head.bytes < maxBytes) {
          chunk.head(maxBytes - head.bytes).forEach(head::with);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return head;
  }

  private Batch sameGroup() {
    return new Batch(lake, shard, ledger, partition, openedNanos).close(closedBy);
  }

  /** The file with its object, which is written once, however often it is put. */
  File objectFile(Spool spool, SpoolFile.Writing encode) throws IOException {
    if (object == null || !object.exists()) {
      SpoolFile written = spool.create();
      try {
        written.append(encode);
        object = written;
      } finally {
        for (Chunk chunk : chunks) {
          chunk.endReading();
        }
        if (object != written) {
          written.delete();
        }
      }
    }
    return object.toFile();
  }

  /**
   * It is done with.
   *
   * @param rest what is left of it, or null
   */
  void discard(@Nullable Batch rest) {
    if (object != null) {
      object.delete();
    }
    if (rest == null || rest.spooledBytes() == 0) {
      chunks.forEach(Chunk::discard);
    }
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
    return group;
  }

  /** The group's name among all shards. */
  public String correlation() {
    return correlation;
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
    return chunks.stream().map(Chunk::arrivals).reduce(Arrivals.NONE, Arrivals::plus);
  }

  int lines() {
    return chunks.stream().mapToInt(Chunk::lines).sum();
  }

  /** The lines' length before compression. */
  public long bytes() {
    return bytes;
  }

  /** How long its first record had been there at a time of {@link System#nanoTime}. */
  long ageMillis(long nowNanos) {
    return (nowNanos - openedNanos) / 1_000_000;
  }

  /** The memory held, in bytes. */
  synchronized long cost() {
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

  void eachLine(Consumer<Content.Line> line) throws IOException {
    for (Chunk chunk : chunks) {
      chunk.eachLine(line);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    for (Chunk chunk : chunks) {
      chunk.writeTo(out);
    }
  }
}

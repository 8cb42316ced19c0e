package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.signal.Layer;
import routes.spool.Spool;

/**
 * The batches that still grow. The route's aggregator joins them through {@link #append}; when
 * memory runs short, {@link #makeRoom} has the largest ones moved to disk, or closed early.
 */
@ThreadSafe
public final class OpenBatches {

  private static final Logger LOG = LoggerFactory.getLogger(OpenBatches.class);
  private static final long OVERDUE_MILLIS = 2_000;
  private static final long NO_LIMIT = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE) / 2;

  /** Below that the names of a group take most of its memory, and stay. */
  private static final long LEAST_TO_MOVE = 2 * Batch.OVERHEAD;

  private final Layer layer;
  private final DeliveryBuffer buffer;
  private final Optional<Spool> spool;
  private final Map<String, Open> byGroup = new ConcurrentHashMap<>();
  private final Map<String, CloseReason> forced = new ConcurrentHashMap<>();

  /**
   * What a group holds, for as long as its shard is read under a ledger, and how old the route lets
   * its batch become.
   *
   * @param batch the one that grows; others of the group may be about to leave
   */
  private record Open(Batch batch, long cost, long maxMillis) {

    ShardLedger ledger() {
      return batch.ledger();
    }

    Open with(Open more) {
      if (ledger() == more.ledger()) {
        return new Open(more.batch, cost + more.cost, maxMillis);
      }
      return more.ledger().isAbandoned() ? this : more;
    }

    /** Null when nothing is left. */
    @Nullable Open less(long freed) {
      return cost > freed ? new Open(batch, cost - freed, maxMillis) : null;
    }
  }

  OpenBatches(Layer layer, DeliveryBuffer buffer, Optional<Spool> spool) {
    this.layer = layer;
    this.buffer = buffer;
    this.spool = spool;
  }

  /** How many groups have something open. */
  public int count() {
    forgetAbandoned();
    return byGroup.size();
  }

  /** Joins what was just read to its group; from here on its records are accounted for. */
  public Batch append(@Nullable Batch open, Batch more) {
    if (open != null && open.ledger() != more.ledger()) {
      return afterRelease(open, more);
    }
    if (open == null) {
      more.ledger().take(more.group(), more.first(), more.last(), more.arrival());
    } else {
      more.ledger().takeMore(more.group(), more.first(), more.last(), more.arrival());
    }
    long cost = open == null ? more.cost() : more.cost() - Batch.OVERHEAD;
    buffer.take(more.ledger(), cost);
    Batch grown = open == null ? more : open.join(more);
    byGroup.merge(grown.correlation(), new Open(grown, cost, NO_LIMIT), Open::with);
    return grown;
  }

  /** Closes whatever is open of a shard. */
  public void closeAll(ShardId shard, Consumer<String> close) {
    String prefix = shard + "/";
    byGroup.keySet().stream().filter(group -> group.startsWith(prefix)).forEach(close);
  }

  /** The shard was let go meanwhile, and perhaps taken again: one of the two is of no use. */
  private Batch afterRelease(Batch open, Batch more) {
    if (more.ledger().isAbandoned()) {
      return open;
    }
    return append(null, more);
  }

  /**
   * Whether the batch is to become an object now; it remembers which limit it reached.
   *
   * @param maxBytes before compression
   * @param maxRecords copies included
   */
  public boolean isFull(Batch batch, long maxBytes, long maxRecords) {
    if (batch.bytes() >= maxBytes) {
      batch.close(CloseReason.SIZE);
      return true;
    }
    if (batch.count() >= maxRecords) {
      batch.close(CloseReason.RECORDS);
      return true;
    }
    return false;
  }

  /**
   * How long the batch may stay open, in milliseconds; the aggregator wants more than zero.
   *
   * @param maxMillis since its first record
   */
  public long millisLeft(Batch batch, long maxMillis) {
    byGroup.computeIfPresent(
        batch.correlation(), (group, open) -> new Open(open.batch(), open.cost(), maxMillis));
    return Math.max(1, maxMillis - batch.ageMillis(System.nanoTime()));
  }

  /**
   * The batch has stopped growing.
   *
   * @param completedBy what Camel's aggregator says completed it
   */
  public void closed(Batch batch, String completedBy) {
    batch.end();
    CloseReason asked = forced.remove(batch.correlation());
    if (completedBy.equals("force")) {
      batch.close(asked == null ? CloseReason.STOP : asked);
    } else if (completedBy.equals("timeout")) {
      batch.close(CloseReason.AGE);
    }
    byGroup.computeIfPresent(
        batch.correlation(),
        (group, open) -> open.less(open.ledger() == batch.ledger() ? batch.cost() : 0));
  }

  /**
   * Moves the largest batches to disk until no more is in memory than half of it holds. Where there
   * is no disk, or it cannot take them, the largest are closed until three quarters of memory are
   * open; where it is full, those as well that have most of it.
   */
  public synchronized void makeRoom(Consumer<String> close) {
    forgetAbandoned();
    if (spool.isPresent()) {
      Spool disk = spool.get();
      boolean taken = moveLargest(disk);
      if (!taken && disk.isUsable()) {
        closeLargest(
            "SPOOL_MAX_BYTES", disk.limit() / 2, open -> open.batch().spooledBytes(), close);
      }
    }
    closeLargest(
        layer == Layer.RAW ? "DELIVERY_BUFFER_BYTES" : "BATCH_BUFFER_BYTES",
        buffer.limit() / 4 * 3,
        Open::cost,
        close);
  }

  /** Whether the disk took what it was asked to. */
  private boolean moveLargest(Spool disk) {
    List<Sized> largest = largest(Open::cost);
    long toMove = sum(largest) - buffer.limit() / 2;
    for (Sized open : largest) {
      if (toMove <= 0 || open.size() < LEAST_TO_MOVE) {
        break;
      }
      if (!disk.takes(open.size())) {
        return false;
      }
      try {
        toMove -= move(open.batch(), disk);
      } catch (IOException told) {
        return false;
      }
    }
    return true;
  }

  private long move(Batch batch, Spool disk) throws IOException {
    long freed = batch.moveTo(disk);
    byGroup.computeIfPresent(
        batch.correlation(),
        (group, open) -> open.ledger() == batch.ledger() ? open.less(freed) : open);
    buffer.release(batch.ledger(), freed);
    return freed;
  }

  /** Closes the largest batches until no more is open than is allowed. */
  private void closeLargest(
      String bound, long allowed, ToLongFunction<Open> size, Consumer<String> close) {
    List<Sized> largest = largest(size);
    long toClose = sum(largest) - allowed;
    if (toClose > 0) {
      LOG.warn(
          "The largest objects of the {} layer are closed early, as {} is used up",
          layer.word(),
          bound);
    }
    for (Sized open : largest) {
      if (toClose <= 0) {
        return;
      }
      forced.put(open.group(), CloseReason.MEMORY);
      close.accept(open.group());
      toClose -= open.size();
    }
  }

  private record Sized(String group, Batch batch, long size) {}

  /** Those that are not being closed already. */
  private List<Sized> largest(ToLongFunction<Open> size) {
    return byGroup.entrySet().stream()
        .filter(group -> !forced.containsKey(group.getKey()))
        .map(
            group ->
                new Sized(
                    group.getKey(), group.getValue().batch(), size.applyAsLong(group.getValue())))
        .sorted(Comparator.comparingLong(Sized::size).reversed())
        .toList();
  }

  private static long sum(List<Sized> open) {
    return open.stream().mapToLong(Sized::size).sum();
  }

  /**
   * Closes what the aggregator should have closed by its age: it goes by the time of day, and where
   * that is set back it would wait for as much longer.
   */
  public void closeOverdue(long nowNanos, Consumer<String> close) {
    byGroup.forEach(
        (group, open) -> {
          if (open.batch().ageMillis(nowNanos) > open.maxMillis() + OVERDUE_MILLIS) {
            forced.put(group, CloseReason.AGE);
            close.accept(group);
          }
        });
  }

  /** A batch on its way to a route that was stopped is never closed; its shard was let go. */
  private void forgetAbandoned() {
    byGroup.values().removeIf(open -> open.ledger().isAbandoned());
    forced.keySet().retainAll(byGroup.keySet());
  }
}

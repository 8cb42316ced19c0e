package routes.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.signal.Layer;

/**
 * The batches that still grow. The route's aggregator joins them through {@link #append}; when
 * memory runs short, {@link #closeLargest} has the largest ones closed early. Thread-safe.
 */
public final class OpenBatches {

  private static final Logger LOG = LoggerFactory.getLogger(OpenBatches.class);
  private static final long OVERDUE_MILLIS = 2_000;
  private static final long NO_LIMIT = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE) / 2;

  private final Layer layer;
  private final DeliveryBuffer buffer;
  private final Map<String, Open> byGroup = new ConcurrentHashMap<>();
  private final Map<String, CloseReason> forced = new ConcurrentHashMap<>();

  /**
   * What a group holds, for as long as its shard is read under this ledger, since when, and for how
   * long the route lets it.
   */
  private record Open(ShardLedger ledger, long cost, long sinceNanos, long maxMillis) {

    Open with(Open more) {
      if (ledger == more.ledger) {
        return new Open(ledger, cost + more.cost, sinceNanos, maxMillis);
      }
      return more.ledger.isAbandoned() ? this : more;
    }
  }

  OpenBatches(Layer layer, DeliveryBuffer buffer) {
    this.layer = layer;
    this.buffer = buffer;
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
    byGroup.merge(
        more.correlation(), new Open(more.ledger(), cost, System.nanoTime(), NO_LIMIT), Open::with);
    return open == null ? more : open.join(more);
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
        batch.correlation(),
        (group, open) -> new Open(open.ledger(), open.cost(), open.sinceNanos(), maxMillis));
    return Math.max(1, maxMillis - batch.ageMillis());
  }

  /**
   * The batch has stopped growing.
   *
   * @param completedBy what Camel's aggregator says completed it
   */
  public void closed(Batch batch, String completedBy) {
    CloseReason asked = forced.remove(batch.correlation());
    if (completedBy.equals("force")) {
      batch.close(asked == null ? CloseReason.STOP : asked);
    } else if (completedBy.equals("timeout")) {
      batch.close(CloseReason.AGE);
    }
    byGroup.computeIfPresent(
        batch.correlation(),
        (group, open) -> {
          long left = open.cost() - (open.ledger() == batch.ledger() ? batch.cost() : 0);
          return left > 0
              ? new Open(open.ledger(), left, System.nanoTime(), open.maxMillis())
              : null;
        });
  }

  /** Closes the largest batches, until no more is open than half of the memory holds. */
  public void closeLargest(Consumer<String> close) {
    forgetAbandoned();
    List<Map.Entry<String, Open>> largest =
        byGroup.entrySet().stream()
            .filter(group -> !forced.containsKey(group.getKey()))
            .sorted(Comparator.comparingLong(group -> -group.getValue().cost()))
            .toList();
    long toClose =
        largest.stream().mapToLong(group -> group.getValue().cost()).sum() - buffer.limit() / 2;
    if (toClose > 0) {
      LOG.warn(
          "The largest objects of the {} layer are closed early, as {} is used up",
          layer.word(),
          layer == Layer.RAW ? "DELIVERY_BUFFER_BYTES" : "BATCH_BUFFER_BYTES");
    }
    for (Map.Entry<String, Open> group : largest) {
      if (toClose <= 0) {
        return;
      }
      forced.put(group.getKey(), CloseReason.MEMORY);
      close.accept(group.getKey());
      toClose -= group.getValue().cost();
    }
  }

  /**
   * Closes what the aggregator should have closed by its age: it goes by the time of day, and where
   * that is set back it would wait for as much longer.
   */
  public void closeOverdue(long nowNanos, Consumer<String> close) {
    byGroup.forEach(
        (group, open) -> {
          long overdueNanos = TimeUnit.MILLISECONDS.toNanos(open.maxMillis() + OVERDUE_MILLIS);
          if (nowNanos - open.sinceNanos() > overdueNanos) {
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

package routes.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;

/**
 * The batches that still grow. The route's aggregator joins them through {@link #append}; when
 * memory runs short, {@link #closeLargest} has the largest ones closed early. Thread-safe.
 */
public final class OpenBatches {

  private static final long OVERDUE_MILLIS = 2_000;

  private final DeliveryBuffer buffer;
  private final FlushLimits limits;
  private final Map<String, Open> byGroup = new ConcurrentHashMap<>();
  private final Set<String> closedEarly = ConcurrentHashMap.newKeySet();

  /** What a group holds, for as long as its shard is read under this ledger, and since when. */
  private record Open(ShardLedger ledger, long cost, long sinceNanos) {

    Open with(Open more) {
      if (ledger == more.ledger) {
        return new Open(ledger, cost + more.cost, sinceNanos);
      }
      return more.ledger.isAbandoned() ? this : more;
    }
  }

  public OpenBatches(DeliveryBuffer buffer, FlushLimits limits) {
    this.buffer = buffer;
    this.limits = limits;
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
    for (Slice slice : more.slices()) {
      more.ledger().take(more.group(), slice.positions(), slice.arrival());
    }
    buffer.take(more.ledger(), more.cost());
    byGroup.merge(more.correlation(), new Open(more.ledger(), more.cost(), System.nanoTime()), Open::with);
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

  /** How long the batch may stay open, in milliseconds; the aggregator wants more than zero. */
  public long millisLeft(Batch batch) {
    return Math.max(1, limits.millis() - batch.ageMillis());
  }

  /**
   * The batch has stopped growing.
   *
   * @param completedBy what Camel's aggregator says completed it
   */
  void closed(Batch batch, String completedBy) {
    boolean early = closedEarly.remove(batch.correlation());
    batch.close(reason(batch, completedBy, early));
    byGroup.computeIfPresent(
        batch.correlation(),
        (group, open) -> {
          long left = open.cost() - (open.ledger() == batch.ledger() ? batch.cost() : 0);
          return left > 0 ? new Open(open.ledger(), left, System.nanoTime()) : null;
        });
  }

  /** Closes the largest batches, until half of what is open is on its way. */
  public void closeLargest(Consumer<String> close) {
    forgetAbandoned();
    List<Map.Entry<String, Open>> largest =
        byGroup.entrySet().stream()
            .sorted(Comparator.comparingLong(group -> -group.getValue().cost()))
            .toList();
    long toClose = largest.stream().mapToLong(group -> group.getValue().cost()).sum() / 2;
    for (Map.Entry<String, Open> group : largest) {
      if (toClose <= 0) {
        return;
      }
      closedEarly.add(group.getKey());
      close.accept(group.getKey());
      toClose -= group.getValue().cost();
    }
  }

  /**
   * Closes what the aggregator should have closed by its age: it goes by the time of day, and where
   * that is set back it would wait for as much longer.
   */
  public void closeOverdue(long nowNanos, Consumer<String> close) {
    long overdueNanos = TimeUnit.MILLISECONDS.toNanos(limits.millis() + OVERDUE_MILLIS);
    byGroup.forEach(
        (group, open) -> {
          if (nowNanos - open.sinceNanos() > overdueNanos) {
            close.accept(group);
          }
        });
  }

  /** A batch on its way to a route that was stopped is never closed; its shard was let go. */
  private void forgetAbandoned() {
    byGroup.values().removeIf(open -> open.ledger().isAbandoned());
  }

  private CloseReason reason(Batch batch, String completedBy, boolean early) {
    if (completedBy.equals("force")) {
      CloseReason asked = batch.ageMillis() >= limits.millis() ? CloseReason.AGE : CloseReason.STOP;
      return early ? CloseReason.MEMORY : asked;
    }
    if (batch.bytes() >= limits.bytes()) {
      return CloseReason.SIZE;
    }
    return batch.count() >= limits.records() ? CloseReason.RECORDS : CloseReason.AGE;
  }
}

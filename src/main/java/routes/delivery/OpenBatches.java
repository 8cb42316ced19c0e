package routes.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;

/**
 * The batches that still grow. The route's aggregator joins them through {@link #append}; when
 * memory runs short, {@link #closeLargest} has the largest ones closed early. Thread-safe.
 */
public final class OpenBatches {

  private final DeliveryBuffer buffer;
  private final FlushLimits limits;
  private final Map<String, Long> costs = new ConcurrentHashMap<>();
  private final Set<String> closedEarly = ConcurrentHashMap.newKeySet();

  public OpenBatches(DeliveryBuffer buffer, FlushLimits limits) {
    this.buffer = buffer;
    this.limits = limits;
  }

  /** How many groups have something open. */
  public int count() {
    return costs.size();
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
    costs.merge(more.correlation(), more.cost(), Long::sum);
    return open == null ? more : open.join(more);
  }

  /** Closes whatever is open of a shard. */
  public void closeAll(ShardId shard, Consumer<String> close) {
    String prefix = shard + "/";
    costs.keySet().stream().filter(group -> group.startsWith(prefix)).forEach(close);
  }

  /** The shard was let go meanwhile, and perhaps taken again: one of the two is of no use. */
  private Batch afterRelease(Batch open, Batch more) {
    if (more.ledger().isAbandoned()) {
      return open;
    }
    costs.remove(open.correlation());
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
    costs.computeIfPresent(
        batch.correlation(), (group, cost) -> cost > batch.cost() ? cost - batch.cost() : null);
  }

  /** Closes the largest batches, until half of what is open is on its way. */
  public void closeLargest(Consumer<String> close) {
    List<Map.Entry<String, Long>> largest =
        costs.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    long toClose = largest.stream().mapToLong(Map.Entry::getValue).sum() / 2;
    for (Map.Entry<String, Long> group : largest) {
      if (toClose <= 0) {
        return;
      }
      closedEarly.add(group.getKey());
      close.accept(group.getKey());
      toClose -= group.getValue();
    }
  }

  private CloseReason reason(Batch batch, String completedBy, boolean early) {
    if (completedBy.equals("force")) {
      return early ? CloseReason.MEMORY : CloseReason.STOP;
    }
    if (batch.bytes() >= limits.bytes()) {
      return CloseReason.SIZE;
    }
    return batch.count() >= limits.records() ? CloseReason.RECORDS : CloseReason.AGE;
  }
}

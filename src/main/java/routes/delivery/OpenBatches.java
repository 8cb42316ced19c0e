package routes.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.ledger.DeliveryBuffer;

/**
 * The batches that still grow. The route's aggregator joins them through {@link #append}; when
 * memory runs short, {@link #closeLargest} has the largest ones closed early. Thread-safe.
 */
public final class OpenBatches {

  private final DeliveryBuffer buffer;
  private final long intervalMillis;
  private final Map<String, Long> costs = new ConcurrentHashMap<>();

  /**
   * @param intervalMillis the age at which a batch is closed
   */
  public OpenBatches(DeliveryBuffer buffer, long intervalMillis) {
    this.buffer = buffer;
    this.intervalMillis = intervalMillis;
  }

  /** Joins what was just read to its group; from here on its records are accounted for. */
  public Batch append(@Nullable Batch open, Batch more) {
    for (Slice slice : more.slices()) {
      more.ledger().take(more.group(), slice.positions(), slice.arrival());
    }
    buffer.take(more.ledger(), more.cost());
    costs.merge(more.correlation(), more.cost(), Long::sum);
    return open == null ? more : open.join(more);
  }

  /** How long the batch may stay open, in milliseconds; the aggregator wants more than zero. */
  public long millisLeft(Batch batch) {
    return Math.max(1, intervalMillis - batch.ageMillis());
  }

  /** The batch has stopped growing. */
  void closed(Batch batch) {
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
      close.accept(group.getKey());
      toClose -= group.getValue();
    }
  }
}

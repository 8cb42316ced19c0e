package routes.delivery;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.ShardLedger;

/**
 * Keeps the objects of a group in order: the next is put only after the one before is known to
 * exist, whatever threads the batches arrive on. Thread-safe.
 */
public final class ObjectChains {

  private record Chain(ShardLedger ledger, String group) {

    static Chain of(Batch batch) {
      return new Chain(batch.ledger(), batch.group());
    }
  }

  private final OpenBatches open;
  private final DeliveryBuffer buffer;
  private final Map<Chain, Queue<Batch>> waiting = new HashMap<>();

  public ObjectChains(OpenBatches open, DeliveryBuffer buffer) {
    this.open = open;
    this.buffer = buffer;
  }

  /**
   * Lines a closed batch up and answers what the caller is to put now: the batch, or null while
   * another thread puts objects of this group, which will then come to this one.
   */
  public synchronized @Nullable Batch enter(Batch batch) {
    open.closed(batch);
    Queue<Batch> queue = waiting.get(Chain.of(batch));
    if (queue != null) {
      queue.add(batch);
      return null;
    }
    waiting.put(Chain.of(batch), new ArrayDeque<>());
    return next(batch, batch.ledger().deliveredTo(batch.group()));
  }

  /**
   * The object of this batch is in the lake; answers what to put next in its group, if anything.
   */
  public @Nullable Batch delivered(Batch batch) {
    return delivered(batch, batch.last());
  }

  /**
   * An object that begins where this batch does is in the lake and goes as far as {@code last};
   * answers what to put next in its group, cut again from there, if anything.
   */
  synchronized @Nullable Batch delivered(Batch batch, Position last) {
    batch.ledger().deliver(batch.group(), last);
    return next(batch, last);
  }

  /** What is left of the batch, or else of those that wait behind it. */
  private @Nullable Batch next(Batch batch, Position delivered) {
    Chain chain = Chain.of(batch);
    Queue<Batch> queue = waiting.getOrDefault(chain, new ArrayDeque<>());
    for (Batch candidate = batch; candidate != null; candidate = queue.poll()) {
      Batch rest = candidate.after(delivered);
      if (rest != null) {
        buffer.release(candidate.cost() - rest.cost());
        return rest;
      }
      buffer.release(candidate.cost());
    }
    waiting.remove(chain);
    return null;
  }
}

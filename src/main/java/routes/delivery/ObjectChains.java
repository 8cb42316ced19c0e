package routes.delivery;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.ShardLedger;

/**
 * Keeps the objects of a group in order: the next is put only after the one before is known to
 * exist, in whatever order the batches arrive here on whatever threads. Thread-safe.
 */
public final class ObjectChains {

  private record ChainId(ShardLedger ledger, String group) {

    static ChainId of(Batch batch) {
      return new ChainId(batch.ledger(), batch.group());
    }
  }

  private final OpenBatches open;
  private final DeliveryBuffer buffer;
  private final Map<ChainId, Queue<Batch>> waiting = new HashMap<>();

  public ObjectChains(OpenBatches open, DeliveryBuffer buffer) {
    this.open = open;
    this.buffer = buffer;
  }

  /**
   * Lines a closed batch up and answers what the caller is to put now: a batch, or null while the
   * one before is still on its way, whose thread will then come to this one.
   */
  public synchronized @Nullable Batch enter(Batch batch) {
    open.closed(batch);
    waiting.keySet().removeIf(chain -> chain.ledger().isAbandoned());
    if (batch.ledger().isAbandoned()) {
      return null;
    }
    ChainId chain = ChainId.of(batch);
    waiting
        .computeIfAbsent(chain, id -> new PriorityQueue<>(Comparator.comparing(Batch::first)))
        .add(batch);
    return next(chain);
  }

  /** The batch's object is in the lake; answers what to put next in its group, if anything. */
  public @Nullable Batch delivered(Batch batch) {
    return deliveredTo(batch, batch.last());
  }

  /**
   * An object that begins where this batch does is in the lake and goes as far as {@code last};
   * answers what to put next in its group, cut again from there, if anything.
   */
  synchronized @Nullable Batch deliveredTo(Batch batch, Position last) {
    batch.ledger().deliver(batch.group(), last);
    Batch rest = batch.after(last);
    release(batch, rest);
    return rest != null ? rest : next(ChainId.of(batch));
  }

  /** Takes the batch out that begins where the group's next object does. */
  private @Nullable Batch next(ChainId chain) {
    Queue<Batch> queue = waiting.getOrDefault(chain, new PriorityQueue<>());
    for (Batch batch = queue.peek(); batch != null; batch = queue.peek()) {
      Batch rest = batch.after(chain.ledger().deliveredTo(chain.group()));
      if (rest != null && !rest.first().equals(chain.ledger().nextOf(chain.group()))) {
        return null;
      }
      queue.remove();
      release(batch, rest);
      if (rest != null) {
        return rest;
      }
    }
    waiting.remove(chain);
    return null;
  }

  private void release(Batch batch, @Nullable Batch rest) {
    buffer.release(batch.ledger(), batch.cost() - (rest == null ? 0 : rest.cost()));
  }
}

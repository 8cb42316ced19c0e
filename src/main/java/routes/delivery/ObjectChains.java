package routes.delivery;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.signal.Layer;

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

  private final Map<ChainId, Queue<Batch>> waiting = new HashMap<>();
  private final Map<ChainId, ObjectPut> putting = new HashMap<>();

  /** The objects of a layer that are being put now. */
  public synchronized List<ObjectPut> putting(Layer layer) {
    return putting.values().stream().filter(put -> put.layer() == layer).toList();
  }

  /**
   * Lines a closed batch up and answers what the caller is to put now: a batch, or null while the
   * one before is still on its way, whose thread will then come to this one.
   *
   * @param completedBy what Camel's aggregator says completed it
   */
  public synchronized @Nullable Batch enter(Batch batch, String completedBy) {
    batch.lake().open().closed(batch, completedBy);
    waiting.keySet().removeIf(chain -> chain.ledger().isAbandoned());
    putting.keySet().removeIf(chain -> chain.ledger().isAbandoned());
    if (batch.ledger().isAbandoned()) {
      return null;
    }
    ChainId chain = ChainId.of(batch);
    waiting
        .computeIfAbsent(chain, id -> new PriorityQueue<>(Comparator.comparing(Batch::first)))
        .add(batch);
    Batch next = next(chain);
    if (next != null) {
      putting.put(chain, ObjectPut.of(next));
    }
    return next;
  }

  /** The batch's object is in the lake; answers what to put next in its group, if anything. */
  public @Nullable Batch delivered(Batch batch) {
    batch.lake().counts().put(batch);
    return deliveredTo(batch, batch.last());
  }

  /**
   * An object that begins where this batch does is in the lake and goes as far as {@code last};
   * answers what to put next in its group, cut again from there, if anything.
   */
  public @Nullable Batch adopted(Batch batch, Position last) {
    batch.lake().counts().adopt();
    return deliveredTo(batch, last);
  }

  private synchronized @Nullable Batch deliveredTo(Batch batch, Position last) {
    ChainId chain = ChainId.of(batch);
    batch.ledger().deliver(batch.group(), last);
    Batch rest = batch.after(last);
    release(batch, rest);
    Batch next = rest != null ? rest : next(chain);
    if (next == null) {
      putting.remove(chain);
    } else {
      putting.put(chain, ObjectPut.of(next));
    }
    return next;
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
    long cost = batch.cost() - (rest == null ? 0 : rest.cost());
    batch.lake().buffer().release(batch.ledger(), cost);
  }
}

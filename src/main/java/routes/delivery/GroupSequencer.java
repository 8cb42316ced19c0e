package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import routes.ledger.AccountedObject;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.signal.Layer;

/**
 * Keeps the objects of a group in order: the next is put only after the one before is known to
 * exist, in whatever order the batches arrive here on whatever threads.
 */
@ThreadSafe
public final class GroupSequencer {

  private record GroupId(ShardLedger ledger, String group) {

    static GroupId of(Batch batch) {
      return new GroupId(batch.ledger(), batch.group());
    }
  }

  /**
   * The putting of a group's objects, by one thread at a time.
   *
   * @param holder the batch which that thread came with
   * @param next what it is to put, or is putting
   */
  private record Turn(Batch holder, Batch next, ObjectPut put) {

    static Turn of(Batch holder, Batch next) {
      return new Turn(holder, next, ObjectPut.of(next));
    }
  }

  /** What fits beside all that is in memory, eight times. */
  private static final int HEAD_BYTES = 4 << 20;

  private final int headBytes;

  @GuardedBy("this")
  private final Map<GroupId, Queue<Batch>> waiting = new HashMap<>();

  @GuardedBy("this")
  private final Map<GroupId, Turn> turns = new HashMap<>();

  /** One that keeps nothing in order yet. */
  public GroupSequencer() {
    this(HEAD_BYTES);
  }

  /**
   * @param headBytes of lines in an object that is made in memory of records on disk
   */
  GroupSequencer(int headBytes) {
    this.headBytes = headBytes;
  }

  /** The objects of a layer that are being put now. */
  public synchronized List<ObjectPut> putting(Layer layer) {
    return turns.values().stream().map(Turn::put).filter(put -> put.layer() == layer).toList();
  }

  /**
   * The objects that a closed batch's thread is to put, each to be asked for when the one before is
   * delivered: those of the batch and of what then waits behind it in its group. There is none as
   * long as the turn is another's, whose thread will come to this batch. Asked again with a batch
   * whose put has failed, it begins with what has failed.
   */
  public Iterator<@Nullable NewObject> objects(Batch closed) {
    lineUp(closed);
    return new Iterator<>() {

      private @Nullable Batch last;
      private boolean ended;

      /** Camel asks this before the last is put, so it is not known yet. */
      @Override
      public boolean hasNext() {
        return !ended;
      }

      /** Null, which Camel skips, when there is no more. */
      @Override
      public @Nullable NewObject next() {
        Batch next = nextOf(closed);
        if (next == null || next == last) {
          ended = true;
          return null;
        }
        last = next;
        return NewObject.of(next, headBytes);
      }
    };
  }

  private synchronized void lineUp(Batch batch) {
    waiting.keySet().removeIf(group -> group.ledger().isAbandoned());
    turns.keySet().removeIf(group -> group.ledger().isAbandoned());
    if (batch.ledger().isAbandoned() || nextOf(batch) != null) {
      return;
    }
    GroupId group = GroupId.of(batch);
    waiting
        .computeIfAbsent(group, id -> new PriorityQueue<>(Comparator.comparing(Batch::first)))
        .add(batch);
    if (!turns.containsKey(group)) {
      Batch next = takeNext(group);
      if (next != null) {
        turns.put(group, Turn.of(batch, next));
      }
    }
  }

  /** What this batch's thread is to put; null if its group's turn is not its. */
  private synchronized @Nullable Batch nextOf(Batch holder) {
    Turn turn = turns.get(GroupId.of(holder));
    return turn != null && turn.holder() == holder ? turn.next() : null;
  }

  /** The object is in the lake. */
  public void delivered(NewObject object) {
    Batch part = object.part();
    part.lake().counts().put(part);
    deliveredTo(object.batch(), part.last(), List.of(object.accounted()));
  }

  /**
   * An object that begins where this batch does is in the lake and goes as far as {@code last}; the
   * rest is cut again from there.
   *
   * @param there how that counts; empty where nobody can tell
   */
  void resume(Batch batch, Position last, Optional<List<AccountedObject>> there) {
    batch.lake().counts().resume();
    if (there.isEmpty()) {
      batch.ledger().countAnew(InstantSource.system().instant());
    }
    deliveredTo(batch, last, there.orElse(List.of()));
  }

  private synchronized void deliveredTo(Batch batch, Position last, List<AccountedObject> objects) {
    GroupId group = GroupId.of(batch);
    batch.ledger().deliver(batch.group(), last, objects);
    Batch rest = batch.after(last);
    Batch next = rest != null ? rest : takeNext(group);
    release(batch, rest);
    turns.computeIfPresent(group, (id, turn) -> next == null ? null : Turn.of(turn.holder(), next));
  }

  /** Takes the batch out that begins where the group's next object does. */
  @GuardedBy("this")
  private @Nullable Batch takeNext(GroupId group) {
    Queue<Batch> queue = waiting.getOrDefault(group, new PriorityQueue<>());
    for (Batch batch = queue.peek(); batch != null; batch = queue.peek()) {
      Batch rest = batch.after(group.ledger().deliveredTo(group.group()));
      if (rest != null && !group.ledger().isNext(group.group(), rest.first())) {
        return null;
      }
      queue.remove();
      release(batch, rest);
      if (rest != null) {
        return rest;
      }
    }
    waiting.remove(group);
    return null;
  }

  /** What is no part of the rest is of no more use. */
  private static void release(Batch batch, @Nullable Batch rest) {
    long cost = batch.cost() - (rest == null ? 0 : rest.cost());
    batch.lake().buffer().release(batch.ledger(), cost);
    batch.discard(rest);
  }
}

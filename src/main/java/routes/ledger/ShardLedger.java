package routes.ledger;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one worker knows of one shard: which groups are open, how far each is delivered, and so from
 * where the shard would have to be read again. A group is whatever ends up in one chain of objects,
 * such as {@code service=checkout/year=2026/month=11/day=20/hour=13}.
 */
@ThreadSafe
public final class ShardLedger {

  /** Enough to know the groups of a busy day; one that is forgotten is looked up once more. */
  private static final int KNOWN_GROUPS = 20_000;

  @GuardedBy("this")
  private final Map<String, OpenGroup> open = new HashMap<>();

  @GuardedBy("this")
  private final Set<String> known = new LinkedHashSet<>();

  @GuardedBy("this")
  private final Map<String, Position> delivered;

  private final RunningAccount account;

  @GuardedBy("this")
  private Position lowWater;

  @GuardedBy("this")
  private Position read;

  @GuardedBy("this")
  private @Nullable Instant readArrival;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean abandoned;

  @GuardedBy("this")
  private @Nullable Instant uncertainUntil;

  public ShardLedger(Checkpoint start) {
    this.lowWater = start.delivered();
    this.read = start.delivered();
    this.readArrival = start.arrival();
    this.delivered = new HashMap<>(start.beyond());
    this.closed = start.finished();
    this.uncertainUntil = start.uncertainUntil();
    this.account = new RunningAccount(start.account());
  }

  /**
   * How far the group is in the lake already or on its way there in this worker's hands: of a
   * record read again, only what comes after this position is to be taken.
   */
  public synchronized Position takenTo(String group) {
    OpenGroup records = open.get(group);
    return records == null ? deliveredTo(group) : records.last();
  }

  /**
   * Takes the records a batch of the group begins with. They must follow those taken. Those that an
   * object adopted since {@link #takenTo} was asked holds already stay out.
   *
   * @param arrival when the first of them arrived, or a little earlier
   */
  public synchronized void take(String group, Position first, Position last, Instant arrival) {
    OpenGroup records = openGroup(group);
    records.add(first, last, arrival);
    dropTo(group, records, deliveredTo(group));
  }

  /** The same of records by which the last batch of the group grows. */
  public synchronized void takeMore(String group, Position first, Position last, Instant arrival) {
    OpenGroup records = openGroup(group);
    records.grow(first, last, arrival);
    dropTo(group, records, deliveredTo(group));
  }

  @GuardedBy("this")
  private OpenGroup openGroup(String group) {
    return open.computeIfAbsent(group, name -> new OpenGroup());
  }

  @GuardedBy("this")
  private void dropTo(String group, OpenGroup records, Position last) {
    if (!records.dropTo(last)) {
      open.remove(group);
    }
  }

  /**
   * Everything up to and including this position has been taken or was delivered before.
   *
   * @param arrival when the record there arrived
   */
  public synchronized void readTo(Position position, Instant arrival) {
    if (position.isAfter(read)) {
      read = position;
      readArrival = arrival;
    }
  }

  /** Counts what one Kinesis record holds, before any of its last part is taken. */
  public synchronized void count(String sequenceNumber, Instant arrival, int elements) {
    account.read(sequenceNumber, arrival, elements);
  }

  /** The shard is closed and has been read to its end. */
  public synchronized void close() {
    closed = true;
  }

  /** This worker reads the shard no longer; what it still holds is for another to deliver. */
  public synchronized void abandon() {
    abandoned = true;
  }

  public synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** The group's records up to and including this position are in the lake. */
  public synchronized void deliver(String group, Position last) {
    delivered.merge(group, last, Position::latest);
    OpenGroup records = open.get(group);
    if (records != null) {
      dropTo(group, records, last);
    }
  }

  /** The same, with how the objects count that hold them. */
  public synchronized void deliver(String group, Position last, List<AccountedObject> objects) {
    objects.forEach(object -> account.add(group, object));
    deliver(group, last);
  }

  /** The same of what is not for the lake, with how it counts. */
  public synchronized void deliver(String group, Position last, Arrivals counts) {
    account.add(counts);
    deliver(group, last);
  }

  /** Nobody can tell what lies in the lake: counts begin anew with the hour after this one. */
  public synchronized void countAnew(Instant now) {
    account.beginAnewAfter(Arrivals.hour(now));
  }

  /** The last delivered position of the group; what comes after it is not in the lake yet. */
  public synchronized Position deliveredTo(String group) {
    return Position.latest(lowWater, delivered.getOrDefault(group, lowWater));
  }

  /**
   * Whether the group's next object is of the batch that this record stands in, and not of one that
   * is to be put before.
   *
   * @param first the batch's first that is not delivered
   */
  public synchronized boolean isNext(String group, Position first) {
    OpenGroup records = open.get(group);
    return records != null && records.isOfFirst(first);
  }

  /** Whether this is the first this run has to do with the group. */
  public synchronized boolean isNew(String group) {
    return !known.contains(group);
  }

  /** What an earlier run left of the group has been looked up. */
  public synchronized void know(String group) {
    if (known.size() == KNOWN_GROUPS) {
      known.remove(known.iterator().next());
    }
    known.add(group);
  }

  /**
   * Nobody knows how far the shard is delivered, because its checkpoint or its records are gone: of
   * what has arrived by now, the objects themselves must be asked.
   */
  public synchronized void becomeUncertain(Instant now) {
    uncertainUntil = now;
  }

  /** Until when records arrived of which only the objects tell; null if there are none. */
  public synchronized @Nullable Instant uncertainUntil() {
    return uncertainUntil;
  }

  /** When the oldest record arrived that is not delivered, or a little earlier; null if all are. */
  public synchronized @Nullable Instant oldestArrival() {
    return open.values().stream()
        .map(OpenGroup::arrival)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Whether everything read has been delivered. */
  public synchronized boolean isDelivered() {
    return open.isEmpty();
  }

  /**
   * What to write down now. Everything before the first open record of all groups is delivered, so
   * of a group that was delivered further than that nothing needs to be remembered beyond it.
   */
  public synchronized Checkpoint checkpoint() {
    Position low = read;
    Instant arrival = readArrival;
    for (OpenGroup records : open.values()) {
      Position before = records.before();
      if (low.isAfter(before)) {
        low = before;
        arrival = records.arrival();
      }
    }
    Position mark = low;
    lowWater = mark;
    delivered.values().removeIf(last -> !last.isAfter(mark));
    return new Checkpoint(
        mark, arrival, delivered, uncertainUntil, closed && open.isEmpty(), account.now());
  }
}

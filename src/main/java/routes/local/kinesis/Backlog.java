package routes.local.kinesis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the consumer of one stream has yet to take, and how far that holds back the end of the
 * retention. The consumer is asked only when a record it may need would expire, and by one thread
 * at a time; the others go by what is known. That never becomes wrong, since what is taken stays
 * taken. Safe for use by many threads.
 */
final class Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  private static final long ASK_MILLIS = 10_000;

  /**
   * How far a shard is taken.
   *
   * @param counter of the last record of which something is taken
   * @param wholly whether all of that record is
   * @param arrival when it arrived, or the oldest record after it if that is gone
   */
  private record Taken(long counter, boolean wholly, long arrival) {

    static final Taken UNKNOWN = new Taken(0, false, Long.MIN_VALUE);

    boolean leaves(long lastCounter) {
      return lastCounter > counter || (lastCounter == counter && lastCounter > 0 && !wholly);
    }
  }

  private final StreamConsumer consumer;
  private final String stream;
  private final Instant created;
  private final Map<Integer, Taken> takenOf = new ConcurrentHashMap<>();
  private final ReentrantLock asking = new ReentrantLock();

  @GuardedBy("asking")
  private long askedAt = Long.MIN_VALUE;

  @GuardedBy("asking")
  private boolean holding;

  @GuardedBy("asking")
  private boolean failing;

  Backlog(StreamConsumer consumer, String stream, long created) {
    this.consumer = consumer;
    this.stream = stream;
    this.created = Instant.ofEpochMilli(created);
  }

  /**
   * The epoch millisecond before which what arrived may go.
   *
   * @param expired the same according to the retention alone
   * @param now epoch milliseconds
   */
  long horizon(long expired, long now, Collection<Shard> shards) {
    if (!consumer.reads(stream)) {
      return expired;
    }
    if (needed(shards) < expired && asking.tryLock()) {
      try {
        if (askedAt == Long.MIN_VALUE || Math.abs(now - askedAt) >= ASK_MILLIS) {
          askedAt = now;
          ask(shards, expired);
        }
      } finally {
        asking.unlock();
      }
    }
    return Math.min(expired, needed(shards));
  }

  /** When the oldest record arrived that the consumer needs; the end of time if there is none. */
  private long needed(Collection<Shard> shards) {
    long oldest = Long.MAX_VALUE;
    for (Shard shard : shards) {
      Taken taken = takenOf.getOrDefault(shard.info().number(), Taken.UNKNOWN);
      if (taken.leaves(shard.segments().lastCounter())) {
        oldest = Math.min(oldest, taken.arrival());
      }
    }
    return oldest == Long.MAX_VALUE || oldest == Long.MIN_VALUE
        ? oldest
        : oldest - consumer.lookBack().toMillis();
  }

  @GuardedBy("asking")
  private void ask(Collection<Shard> shards, long expired) {
    try {
      for (Shard shard : shards) {
        long last = shard.segments().lastCounter();
        if (last > 0) {
          takenOf.put(shard.info().number(), taken(shard, last));
        }
      }
      failing = false;
      tell(needed(shards) < expired);
    } catch (IOException | RuntimeException unknown) {
      if (!failing) {
        LOG.warn(
            "Stream {} keeps its records beyond its retention, as it cannot be found out how far it is delivered: {}",
            stream,
            unknown.toString());
      }
      failing = true;
    }
  }

  private Taken taken(Shard shard, long last) throws IOException {
    SequenceNumbers numbers = shard.sequenceNumbers();
    Optional<String> stop = consumer.stoppedAt(stream, created, shard.id(), numbers.format(last));
    long counter = stop.isEmpty() ? last : numbers.parse(stop.get()).orElse(0);
    return new Taken(counter, stop.isEmpty(), shard.segments().arrivalAt(counter));
  }

  @GuardedBy("asking")
  private void tell(boolean holds) {
    if (holds && !holding) {
      LOG.warn(
          "Stream {} keeps records beyond its retention, as they are not delivered yet; they take room under DATA_DIR until they are",
          stream);
    } else if (holding && !holds) {
      LOG.info(
          "Stream {} keeps no records beyond its retention any more: they are delivered", stream);
    }
    holding = holds;
  }
}

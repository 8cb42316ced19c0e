package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import routes.dashboard.lake.Incoming.Came;
import routes.dashboard.lake.Incoming.Following;
import routes.envelope.EnvelopeReader;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A stream that is read for as long as somebody follows it, once for all who do: Kinesis answers
 * five reads of a shard a second, and delivery needs some of them.
 */
@ThreadSafe
final class FollowedStream {

  private static final int MAX_SHARDS = 16;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** While there is more than one read gives. */
  private static final Duration SHORT_PAUSE = Duration.ofMillis(250);

  /** So that nothing is between a search and the beginning of following. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  /** Reads that are kept for who joins, as many as come in that time, and for who is slow. */
  private static final int KEPT = (int) BEFORE.dividedBy(PAUSE);

  /** What is kept of a read, in bytes. */
  private static final long MAX_READ = Runtime.getRuntime().maxMemory() / 128;

  private final KinesisClient kinesis;
  private final String name;
  private final EnvelopeReader envelopes;
  private final InstantSource clock;
  private final Executor threads;

  @GuardedBy("this")
  private final Set<Follower> followers = new LinkedHashSet<>();

  @GuardedBy("this")
  private final Deque<Came> last = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean isRead;

  FollowedStream(
      KinesisClient kinesis,
      String name,
      EnvelopeReader envelopes,
      InstantSource clock,
      Executor threads) {
    this.kinesis = kinesis;
    this.name = name;
    this.envelopes = envelopes;
    this.clock = clock;
    this.threads = threads;
  }

  synchronized Following join() {
    Follower follower = new Follower();
    last.forEach(follower::put);
    if (!isRead) {
      threads.execute(this::read);
      isRead = true;
    }
    followers.add(follower);
    return follower;
  }

  private synchronized void leave(Follower follower) {
    followers.remove(follower);
  }

  private synchronized boolean isOver() {
    if (followers.isEmpty()) {
      forget();
    }
    return !isRead;
  }

  private synchronized void tell(Came came) {
    followers.forEach(follower -> follower.put(came));
    if (came.failure() != null) {
      forget();
      return;
    }
    last.addLast(came);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  @GuardedBy("this")
  private void forget() {
    isRead = false;
    followers.clear();
    last.clear();
  }

  private void read() {
    try {
      Reading reading = new Reading();
      while (!isOver()) {
        long begun = System.nanoTime();
        Came came = reading.next();
        tell(came);
        Duration pause = came.behindMillis() > 0 ? SHORT_PAUSE : PAUSE;
        // From read to read of a shard, however long it takes to read them all.
        TimeUnit.NANOSECONDS.sleep(begun + pause.toNanos() - System.nanoTime());
      }
    } catch (SdkException away) {
      tell(failed(name + " could not be read: " + away.getMessage()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      tell(failed("The dashboard stops"));
    } catch (RuntimeException | Error bug) {
      tell(failed(String.valueOf(bug)));
      throw bug;
    }
  }

  private static Came failed(String why) {
    return new Came(List.of(), 0, 0, 0, why);
  }

  /** Where each open shard is read; for one thread. */
  private final class Reading {

    private final Map<String, @Nullable String> iterators = new HashMap<>();

    /** The open shards when they were listed last, and when that was. */
    private Set<String> known = Set.of();

    private Instant listed = clock.instant();
    private int leftOut;

    Reading() {
      open();
    }

    /**
     * Shards are split and merged, after which there are others: these are read from the beginning,
     * one that was left out until now from now on.
     */
    private void open() {
      Instant now = clock.instant();
      List<String> open = OpenShards.of(kinesis, name);
      iterators.values().removeIf(iterator -> iterator == null);
      for (String shard : open) {
        if (!iterators.containsKey(shard) && iterators.size() < MAX_SHARDS) {
          iterators.put(shard, iterator(shard, known.contains(shard) ? now : listed.minus(BEFORE)));
        }
      }
      leftOut = Math.max(0, open.size() - iterators.size());
      known = Set.copyOf(open);
      listed = now;
    }

    private String iterator(String shard, Instant since) {
      return kinesis
          .getShardIterator(
              get ->
                  get.streamName(name)
                      .shardId(shard)
                      .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                      .timestamp(since))
          .shardIterator();
    }

    Came next() throws InterruptedException {
      LastRecords records = new LastRecords(MAX_READ);
      long behind = 0;
      for (Map.Entry<String, @Nullable String> shard : iterators.entrySet()) {
        String from = shard.getValue();
        try {
          GetRecordsResponse read = kinesis.getRecords(get -> get.shardIterator(from));
          for (Record record : read.records()) {
            unpack(record, records);
          }
          behind = Math.max(behind, read.millisBehindLatest());
          shard.setValue(read.nextShardIterator());
        } catch (ProvisionedThroughputExceededException othersReadToo) {
          // The next time, perhaps.
        }
      }
      if (iterators.containsValue(null)) {
        open();
      }
      return new Came(records.list(), records.dropped(), behind, leftOut, null);
    }

    private void unpack(Record record, LastRecords records) throws InterruptedException {
      envelopes.read(
          ByteSlice.of(record.data().asByteArrayUnsafe()),
          record.approximateArrivalTimestamp(),
          (partitionKey, explicitHashKey) -> true,
          (index, bytes, result) -> {
            if (result instanceof LogRecord found) {
              records.add(found);
            }
          });
    }
  }

  private final class Follower implements Following {

    private final BlockingQueue<Came> waiting = new ArrayBlockingQueue<>(KEPT);
    private final AtomicInteger lost = new AtomicInteger();

    void put(Came came) {
      while (!waiting.offer(came)) {
        Came oldest = waiting.poll();
        lost.addAndGet(oldest == null ? 0 : oldest.records().size() + oldest.lost());
      }
    }

    @Override
    public Optional<Came> next(Duration patience) throws InterruptedException {
      return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
          .map(came -> came.after(lost.getAndSet(0)));
    }

    @Override
    public void close() {
      leave(this);
    }
  }
}

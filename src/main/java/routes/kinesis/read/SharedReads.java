package routes.kinesis.read;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import routes.ledger.ShardId;
import routes.retry.SteadyClock;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;

/**
 * Kinesis as the readers of one process share it: layers read the same streams, and Kinesis gives
 * five reads and 2 MB a second of a shard to all its readers together. Holds what was read last,
 * within a bound of memory, and the shards that each stream has.
 */
@ThreadSafe
public final class SharedReads {

  private static final int SHARE_OF_HEAP = 64;

  /** A small heap is for what readers are at work on. */
  private static final long NEEDED_HEAP = 192L << 20;

  /** An iterator lasts five minutes, and who comes later asks for one. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** What a record takes beside its bytes. */
  private static final int RECORD_BYTES = 200;

  private static final int ANSWER_BYTES = 1_000;

  private final KinesisClient kinesis;
  private final InstantSource clock;
  private final Cache<Place, Answer> answers;
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();

  /** Where a reader reads on. */
  record Place(ShardId shard, GetShardIteratorRequest from) {}

  /**
   * What was read there.
   *
   * @param next the iterator to read on with; null = the shard is closed and read to its end
   * @param at when it was read
   */
  record Answer(ShardRead read, @Nullable String next, Instant at) {

    private int weight() {
      long bytes = read.bytes() + (long) RECORD_BYTES * read.records().size() + ANSWER_BYTES;
      return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
  }

  /**
   * @param layers how many there are that read; with one, nothing is held
   */
  public SharedReads(KinesisClient kinesis, int layers) {
    this(kinesis, layers > 1 ? share(Runtime.getRuntime().maxMemory()) : 0, SteadyClock.OF_PROCESS);
  }

  private static long share(long heap) {
    return Math.max(0, heap - NEEDED_HEAP) / SHARE_OF_HEAP;
  }

  /**
   * @param maxBytes how much may be held of what was read
   * @param clock one that nobody sets
   */
  SharedReads(KinesisClient kinesis, long maxBytes, InstantSource clock) {
    this.kinesis = kinesis;
    this.clock = clock;
    this.answers =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1)
            .expireAfterWrite(KEPT)
            .maximumWeight(maxBytes)
            .weigher((Place place, Answer answer) -> answer.weight())
            .build();
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  /** What was read at a place last, if that is still known. */
  @Nullable Answer at(Place place) {
    return answers.getIfPresent(place);
  }

  /** Tells other readers what was read at a place. */
  void tell(Place place, ShardRead read, @Nullable String next) {
    answers.put(place, new Answer(read, next, clock.instant()));
  }

  /** A moment to compare with when something was read. */
  Instant now() {
    return clock.instant();
  }

  /**
   * The shards of a stream as they were a while ago at most.
   *
   * @param age how long; zero = as they are now
   */
  StreamShards shards(String stream, Duration age) throws InterruptedException {
    return listings.computeIfAbsent(stream, Listing::new).get(age);
  }

  /** Who comes while another asks waits for that answer. */
  private final class Listing {

    private final String stream;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable StreamShards shards;

    @GuardedBy("lock")
    private Instant asked = Instant.MIN;

    Listing(String stream) {
      this.stream = stream;
    }

    StreamShards get(Duration age) throws InterruptedException {
      Instant since = clock.instant().minus(age);
      lock.lockInterruptibly();
      try {
        StreamShards known = shards;
        if (known == null || asked.isBefore(since)) {
          Instant now = clock.instant();
          known = StreamShards.list(kinesis, stream);
          shards = known;
          asked = now;
        }
        return known;
      } finally {
        lock.unlock();
      }
    }
  }
}

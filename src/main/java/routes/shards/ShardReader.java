package routes.shards;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.Lists;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.envelope.EnvelopeReader;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.retry.Attempts;
import routes.retry.SteadyClock;
import routes.shards.PastWindows.Past;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * Reads one shard from its checkpoint to its end and gives what it reads to the route, one exchange
 * after the other, each again and again until the route takes it.
 */
final class ShardReader implements Runnable {

  /** Takes the records of one read; returning normally means that they are in the route's care. */
  interface Route {
    void take(ShardRecords records) throws Exception;
  }

  /** How a shard is read. */
  record Settings(
      int batchSize, long pollMillis, Duration dedupeWindow, WindowMemory windowMemory) {}

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final SourceShard shard;
  private final List<SourceShard> ancestors;
  private final KinesisClient kinesis;
  private final EnvelopeReader envelopes;
  private final ShardCheckpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final Settings settings;
  private final Route route;
  private final Clock clock;
  private final PastWindows past;
  private final Gaps gaps;
  private volatile DuplicateWindow window;
  private final ShardLag lag;
  private final Attempts attempts = new Attempts(SteadyClock.OF_PROCESS);
  private final LongAdder bytesRead = new LongAdder();
  private volatile boolean ending;

  /**
   * A reader that has not begun.
   *
   * @param ancestors the shards it came from, all of them finished, the oldest first
   * @param past what is known of them
   * @param clock the time of day
   */
  ShardReader(
      SourceShard shard,
      List<SourceShard> ancestors,
      KinesisClient kinesis,
      EnvelopeReader envelopes,
      ShardCheckpoints checkpoints,
      DeliveryBuffer buffer,
      Settings settings,
      PastWindows past,
      Gaps gaps,
      Clock clock,
      Route route) {
    this.shard = shard;
    this.ancestors = ancestors;
    this.kinesis = kinesis;
    this.envelopes = envelopes;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.settings = settings;
    this.past = past;
    this.gaps = gaps;
    this.clock = clock;
    this.lag = new ShardLag(clock);
    this.route = route;
    this.window = newWindow();
  }

  @Override
  public void run() {
    try {
      Checkpoint start =
          attempts.untilDone("load the checkpoint of " + shard, () -> checkpoints.load(shard.id()));
      if (start.finished()) {
        return;
      }
      Instant since = lookBack(start);
      if (!ending && read(start)) {
        keep(window, since);
        window = newWindow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      window.close();
    }
  }

  /**
   * How it goes.
   *
   * @param retention for how long the stream keeps records
   */
  ShardStatus status(Duration retention) {
    return new ShardStatus(
        shard.id(), lag.now(), window.reachMillis(), attempts.current(), retention);
  }

  /** Asks it to end between two exchanges; interrupt its thread where that takes too long. */
  void end() {
    ending = true;
  }

  /** How many bytes came from Kinesis since this was asked last. */
  long takeBytesRead() {
    return bytesRead.sumThenReset();
  }

  /** Reads on from there and answers whether that was to the shard's end. */
  private boolean read(Checkpoint start) throws InterruptedException {
    ShardLedger ledger =
        attempts.untilDone("open " + shard, () -> checkpoints.open(shard.id(), start));
    lag.of(ledger);
    ShardCursor cursor = ShardCursor.at(kinesis, settings.batchSize(), shard, start.delivered());
    GapWatch watch =
        new GapWatch(
            shard,
            start.delivered(),
            gaps,
            place -> ShardCursor.at(kinesis, 1, shard, place),
            clock,
            SteadyClock.OF_PROCESS);
    while (!ending) {
      ShardRead read = readOn(shard, cursor);
      bytesRead.add(read.bytes());
      attempts.untilDone("look for a gap in " + shard, () -> watch.check(read, ledger));
      give(read, shard, ledger);
      lag.readTo(read.behindMillis());
      if (read.end() && !ending) {
        ledger.close();
        return true;
      }
      window.trim();
      if (!read.isBehind()) {
        Thread.sleep(settings.pollMillis());
      }
    }
    return false;
  }

  /**
   * Shows the window what arrived shortly before the start: in this shard and, since shards may be
   * split and merged faster than a window passes, in all those it came from.
   *
   * @return since when that is
   */
  private Instant lookBack(Checkpoint start) throws InterruptedException {
    if (settings.dedupeWindow().isZero()) {
      return Instant.MAX;
    }
    Map<SourceShard, Checkpoint> ends = new LinkedHashMap<>();
    for (SourceShard ancestor : ancestors) {
      ends.put(
          ancestor,
          attempts.untilDone(
              "load the checkpoint of " + ancestor, () -> checkpoints.finished(ancestor.id())));
    }
    Instant reached = start.arrival() != null ? start.arrival() : latestArrival(ends.values());
    Instant now = clock.instant();
    // The clock may have been ahead when records arrived, and Kinesis refuses to look ahead.
    Instant since =
        (reached == null || reached.isAfter(now) ? now : reached).minus(settings.dedupeWindow());
    Set<ShardId> seen = new HashSet<>();
    for (SourceShard ancestor : Lists.reverse(ancestors)) {
      Checkpoint end = Objects.requireNonNull(ends.get(ancestor));
      if (!ending && isAfter(end, since) && !seen.contains(ancestor.id())) {
        Past shown = pastOf(ancestor, end, since);
        window.addAll(shown.window());
        seen.addAll(shown.shards());
      }
    }
    if (isAfter(start, since)) {
      showDelivered(shard, start, since, window);
    }
    return since;
  }

  private Past pastOf(SourceShard ancestor, Checkpoint end, Instant since)
      throws InterruptedException {
    Lock lock = past.lock(ancestor.id());
    lock.lockInterruptibly();
    try {
      Optional<Past> known = past.of(ancestor.id(), since);
      if (known.isPresent()) {
        return known.get();
      }
      Past seen = new Past(newWindow(), since, Set.of(ancestor.id()));
      boolean complete;
      try {
        complete = showDelivered(ancestor, end, since, seen.window());
      } finally {
        seen.window().close();
      }
      if (complete) {
        past.put(ancestor.id(), seen);
      }
      return seen;
    } finally {
      lock.unlock();
    }
  }

  private void keep(DuplicateWindow seen, Instant since) {
    seen.close();
    past.put(shard.id(), new Past(seen, since, family()));
  }

  private static boolean isAfter(Checkpoint reached, Instant since) {
    return reached.arrival() != null && !reached.arrival().isBefore(since);
  }

  private static @Nullable Instant latestArrival(Collection<Checkpoint> past) {
    return past.stream()
        .map(Checkpoint::arrival)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Shows a window what of a shard was delivered: through the route, with a ledger that knows all
   * of it as delivered.
   *
   * @return whether that was all
   */
  private boolean showDelivered(
      SourceShard seen, Checkpoint end, Instant since, DuplicateWindow shown)
      throws InterruptedException {
    ShardLedger delivered = new ShardLedger(end);
    ShardCursor cursor = ShardCursor.since(kinesis, settings.batchSize(), seen, since);
    boolean before = true;
    while (before && !ending) {
      Optional<ShardRead> read = lookOn(seen, cursor);
      if (read.isEmpty()) {
        return false;
      }
      ShardRead known = read.get().upTo(end.delivered());
      give(known, seen, delivered, shown);
      before =
          known.records().size() == read.get().records().size()
              && read.get().isBehind()
              && !read.get().end();
    }
    return !before;
  }

  /** Reads what is only looked at: where Kinesis has nothing to show, there is nothing to see. */
  private Optional<ShardRead> lookOn(SourceShard seen, ShardCursor cursor)
      throws InterruptedException {
    return attempts.untilDone(
        "read " + seen,
        () -> {
          try {
            return Optional.of(cursor.read());
          } catch (InvalidArgumentException | ResourceNotFoundException refused) {
            LOG.warn(
                "Copies of what came last in {} may not be recognised, as it cannot be read again: {}",
                seen,
                refused.getMessage());
            return Optional.empty();
          }
        });
  }

  private void give(ShardRead read, SourceShard from, ShardLedger ledger)
      throws InterruptedException {
    give(read, from, ledger, window);
  }

  /** Gives a read to the route, part by part; once it is to end, what is left stays unread. */
  private void give(ShardRead read, SourceShard from, ShardLedger ledger, DuplicateWindow shown)
      throws InterruptedException {
    Unpacking.Receiver receiver =
        (records, rejections, complete) -> {
          if (ending) {
            return false;
          }
          if (!records.isEmpty() || !rejections.isEmpty()) {
            ShardRecords part = new ShardRecords(from.id(), ledger, shown, records, rejections);
            give(part, from, shown);
          }
          if (complete != null) {
            ledger.readTo(Position.endOf(complete.sequenceNumber()), complete.arrival());
          }
          return !ending;
        };
    new Unpacking(envelopes, read.hashKeys(), receiver).run(read.records());
  }

  private void give(ShardRecords part, SourceShard from, DuplicateWindow shown)
      throws InterruptedException {
    buffer.awaitRoom();
    attempts.untilDone(
        "deliver from " + from,
        () -> {
          route.take(part);
          return part;
        });
    shown.commit();
  }

  private DuplicateWindow newWindow() {
    return new DuplicateWindow(settings.dedupeWindow().toMillis(), settings.windowMemory());
  }

  /** This shard and those it came from. */
  private Set<ShardId> family() {
    return Stream.concat(ancestors.stream(), Stream.of(shard))
        .map(SourceShard::id)
        .collect(toSet());
  }

  private ShardRead readOn(SourceShard from, ShardCursor cursor) throws InterruptedException {
    return attempts.untilDone("read " + from, cursor::read);
  }
}

package routes.shards;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import software.amazon.awssdk.services.kinesis.KinesisClient;

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
  record Settings(int batchSize, long pollMillis, Duration dedupeWindow, long dedupeBytes) {}

  private final SourceShard shard;
  private final List<SourceShard> ancestors;
  private final KinesisClient kinesis;
  private final ShardCheckpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final Settings settings;
  private final Route route;
  private final Clock clock = Clock.systemUTC();
  private final DuplicateWindow window;
  private final ShardLag lag = new ShardLag(clock);
  private final Attempts attempts = new Attempts(clock);
  private final LongAdder bytesRead = new LongAdder();
  private volatile boolean ending;

  /**
   * A reader that has not begun.
   *
   * @param ancestors the shards it came from, all of them finished, the oldest first
   */
  ShardReader(
      SourceShard shard,
      List<SourceShard> ancestors,
      KinesisClient kinesis,
      ShardCheckpoints checkpoints,
      DeliveryBuffer buffer,
      Settings settings,
      Route route) {
    this.shard = shard;
    this.ancestors = ancestors;
    this.kinesis = kinesis;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.settings = settings;
    this.route = route;
    this.window = new DuplicateWindow(settings.dedupeWindow().toMillis(), settings.dedupeBytes());
  }

  @Override
  public void run() {
    try {
      Checkpoint start =
          attempts.untilDone("load the checkpoint of " + shard, () -> checkpoints.load(shard.id()));
      if (start.finished()) {
        return;
      }
      lookBack(start);
      if (!ending) {
        read(start);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  ShardStatus status() {
    return new ShardStatus(shard.id(), lag.now(), window.reachMillis(), attempts.current());
  }

  /** Asks it to end between two exchanges; interrupt its thread where that takes too long. */
  void end() {
    ending = true;
  }

  /** How many bytes came from Kinesis since this was asked last. */
  long takeBytesRead() {
    return bytesRead.sumThenReset();
  }

  private void read(Checkpoint start) throws InterruptedException {
    ShardLedger ledger =
        attempts.untilDone("open " + shard, () -> checkpoints.open(shard.id(), start));
    lag.of(ledger);
    ShardCursor cursor = ShardCursor.at(kinesis, settings.batchSize(), shard, start.delivered());
    boolean first = true;
    while (!ending) {
      ShardRead read = readOn(shard, cursor);
      bytesRead.add(read.bytes());
      if (first && !read.isEmpty()) {
        Gap.before(read.first(), shard.id(), start.delivered(), clock.instant())
            .ifPresent(ledger::becomeUncertain);
        first = false;
      }
      give(read, shard, ledger);
      lag.readTo(read.behindMillis());
      if (read.end() && !ending) {
        ledger.close();
        return;
      }
      if (!read.isBehind()) {
        Thread.sleep(settings.pollMillis());
      }
    }
  }

  /**
   * Shows the window what arrived shortly before the start: in this shard and, since shards may be
   * split and merged faster than a window passes, in all those it came from.
   */
  private void lookBack(Checkpoint start) throws InterruptedException {
    Map<SourceShard, Checkpoint> past = new LinkedHashMap<>();
    ancestors.forEach(ancestor -> past.put(ancestor, checkpoints.finished(ancestor.id())));
    past.put(shard, start);
    Instant reached = start.arrival() != null ? start.arrival() : latestArrival(past.values());
    if (reached == null || settings.dedupeWindow().isZero()) {
      return;
    }
    Instant since = reached.minus(settings.dedupeWindow());
    for (Map.Entry<SourceShard, Checkpoint> shown : past.entrySet()) {
      showDelivered(shown.getKey(), shown.getValue(), since);
    }
  }

  private static @Nullable Instant latestArrival(Collection<Checkpoint> past) {
    return past.stream()
        .map(Checkpoint::arrival)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Shows the window what of a shard was delivered: through the route, with a ledger that knows all
   * of it as delivered.
   */
  private void showDelivered(SourceShard seen, Checkpoint end, Instant since)
      throws InterruptedException {
    if (end.arrival() == null || end.arrival().isBefore(since)) {
      return;
    }
    ShardLedger delivered = new ShardLedger(end);
    ShardCursor cursor = ShardCursor.since(kinesis, settings.batchSize(), seen, since);
    boolean before = true;
    while (before && !ending) {
      ShardRead read = readOn(seen, cursor);
      ShardRead past = read.upTo(end.delivered());
      give(past, seen, delivered);
      before = past.records().size() == read.records().size() && read.isBehind() && !read.end();
    }
  }

  /** Gives a read to the route, part by part; once it is to end, what is left stays unread. */
  private void give(ShardRead read, SourceShard from, ShardLedger ledger)
      throws InterruptedException {
    for (int given = 0; given < read.records().size() && !ending; ) {
      buffer.awaitRoom();
      int next = given;
      given +=
          attempts.untilDone("deliver from " + from, () -> give(read.part(next), from, ledger));
      window.commit();
    }
  }

  private int give(List<ShardRecord> part, SourceShard from, ShardLedger ledger) throws Exception {
    route.take(new ShardRecords(from.id(), ledger, window, part));
    ShardRecord last = part.get(part.size() - 1);
    ledger.readTo(Position.endOf(last.sequenceNumber()), last.arrival());
    return part.size();
  }

  private ShardRead readOn(SourceShard from, ShardCursor cursor) throws InterruptedException {
    return attempts.untilDone("read " + from, cursor::read);
  }
}

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
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

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final ShardId shard;
  private final List<ShardId> ancestors;
  private final KinesisClient kinesis;
  private final ShardCheckpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final Settings settings;
  private final Route route;
  private final Clock clock = Clock.systemUTC();
  private final DuplicateWindow window;
  private final Attempts attempts = new Attempts();

  ShardReader(
      ShardId shard,
      List<ShardId> ancestors,
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
      Checkpoint start = load(shard);
      if (start.finished()) {
        return;
      }
      lookBack(start);
      read(start);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** What keeps this shard from moving on, or null while it moves. */
  @Nullable String trouble() {
    return attempts.trouble();
  }

  private void read(Checkpoint start) throws InterruptedException {
    ShardLedger ledger = attempts.untilDone("open " + shard, () -> checkpoints.open(shard, start));
    ShardCursor cursor = ShardCursor.at(kinesis, settings.batchSize(), shard, start.delivered());
    boolean first = true;
    while (true) {
      buffer.awaitRoom();
      ShardRead read = read(shard, cursor);
      if (!read.records().isEmpty()) {
        if (first) {
          if (isGone(start.delivered(), read.first())) {
            ledger.lose(clock.instant());
          }
          first = false;
        }
        give(new ShardRecords(shard, ledger, window, read.records()));
        ledger.readTo(Position.endOf(read.last().sequenceNumber()), read.last().arrival());
      }
      if (read.end()) {
        ledger.close();
        return;
      }
      if (!read.behind()) {
        Thread.sleep(settings.pollMillis());
      }
    }
  }

  /**
   * Shows the window what arrived shortly before the start: in this shard and, since shards may be
   * split and merged faster than a window passes, in all those it came from.
   */
  private void lookBack(Checkpoint start) throws InterruptedException {
    Map<ShardId, Checkpoint> past = new LinkedHashMap<>();
    ancestors.forEach(ancestor -> past.put(ancestor, checkpoints.finished(ancestor)));
    past.put(shard, start);
    Instant reached = start.arrival() != null ? start.arrival() : latestArrival(past.values());
    if (reached == null || settings.dedupeWindow().isZero()) {
      return;
    }
    Instant since = reached.minus(settings.dedupeWindow());
    for (Map.Entry<ShardId, Checkpoint> shown : past.entrySet()) {
      lookBack(shown.getKey(), shown.getValue(), since);
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
  private void lookBack(ShardId seen, Checkpoint end, Instant since) throws InterruptedException {
    if (end.arrival() == null || end.arrival().isBefore(since)) {
      return;
    }
    ShardLedger delivered = new ShardLedger(end);
    ShardCursor cursor = ShardCursor.since(kinesis, settings.batchSize(), seen, since);
    boolean before = true;
    while (before) {
      ShardRead read = read(seen, cursor);
      List<ShardRecord> records =
          read.records().stream()
              .filter(r -> !Position.endOf(r.sequenceNumber()).isAfter(end.delivered()))
              .toList();
      if (!records.isEmpty()) {
        give(new ShardRecords(seen, delivered, window, records));
      }
      before = records.size() == read.records().size() && read.behind() && !read.end();
    }
  }

  private void give(ShardRecords records) throws InterruptedException {
    attempts.untilDone(
        "deliver from " + records.shard(),
        () -> {
          route.take(records);
          return true;
        });
    window.commit();
  }

  private ShardRead read(ShardId from, ShardCursor cursor) throws InterruptedException {
    return attempts.untilDone("read " + from, cursor::read);
  }

  private Checkpoint load(ShardId of) throws InterruptedException {
    return attempts.untilDone("load the checkpoint of " + of, () -> checkpoints.load(of));
  }

  /** Kinesis goes on at the oldest record it still has when the one asked for is gone. */
  private boolean isGone(Position from, ShardRecord first) {
    if (from.equals(Position.START)) {
      LOG.info("{} has no checkpoint: reading from its oldest record", shard);
      return true;
    }
    boolean gone =
        new Position(first.sequenceNumber(), 0).isAfter(Position.endOf(from.sequenceNumber()));
    if (gone) {
      LOG.error(
          "{}: the stream no longer holds sequence number {}, where delivery stopped; it begins at {}, arrived {}. What lay between, if anything, is lost: lengthen the stream's retention",
          shard,
          from.sequenceNumber(),
          first.sequenceNumber(),
          first.arrival());
    }
    return gone;
  }
}

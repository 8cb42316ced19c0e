package routes.kinesis.read;

import static java.util.stream.Collectors.toSet;

import com.google.common.collect.Lists;
import java.time.Clock;
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
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kinesis.read.PastWindows.Past;
import routes.ledger.Checkpoint;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.retry.Attempts;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * What a reader looks at again before it begins, so that copies of it are recognised: what was
 * delivered last of its shard and of those it came from.
 */
final class LookBack {

  /** Gives a read to the route, with the ledger and the window it is for. */
  interface Giving {
    void give(ShardRead read, SourceShard from, ShardLedger ledger, DuplicateWindow shown)
        throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(LookBack.class);

  private final SourceShard shard;
  private final List<SourceShard> ancestors;
  private final KinesisClient kinesis;
  private final ShardCheckpoints checkpoints;
  private final ShardReader.Settings settings;
  private final PastWindows past;
  private final Attempts attempts;
  private final Clock clock;
  private final BooleanSupplier ending;
  private final Giving route;

  /**
   * A look back that has not begun.
   *
   * @param ancestors the shards it came from, all of them finished, the oldest first
   * @param past what is known of them
   * @param ending whether to leave off
   */
  LookBack(
      SourceShard shard,
      List<SourceShard> ancestors,
      KinesisClient kinesis,
      ShardCheckpoints checkpoints,
      ShardReader.Settings settings,
      PastWindows past,
      Attempts attempts,
      Clock clock,
      BooleanSupplier ending,
      Giving route) {
    this.shard = shard;
    this.ancestors = ancestors;
    this.kinesis = kinesis;
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.past = past;
    this.attempts = attempts;
    this.clock = clock;
    this.ending = ending;
    this.route = route;
  }

  /**
   * Shows the window what arrived shortly before the start: in this shard and, since shards may be
   * split and merged faster than a window passes, in all those it came from.
   *
   * @return since when that is; never, where copies are not looked for
   */
  Instant show(DuplicateWindow window, Checkpoint start) throws InterruptedException {
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
      if (!ending.getAsBoolean() && isAfter(end, since) && !seen.contains(ancestor.id())) {
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
      Past seen = new Past(settings.newWindow(), since, Set.of(ancestor.id()));
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
    while (before && !ending.getAsBoolean()) {
      Optional<ShardRead> read = lookOn(seen, cursor);
      if (read.isEmpty()) {
        return false;
      }
      ShardRead known = read.get().upTo(end.delivered());
      route.give(known, seen, delivered, shown);
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

  /** Remembers what was seen of the shard for those that come from it. */
  void keep(DuplicateWindow seen, Instant since) {
    seen.close();
    past.put(shard.id(), new Past(seen, since, family()));
  }

  /** This shard and those it came from. */
  private Set<ShardId> family() {
    return Stream.concat(ancestors.stream(), Stream.of(shard))
        .map(SourceShard::id)
        .collect(toSet());
  }
}

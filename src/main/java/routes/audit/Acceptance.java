package routes.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.Receipts;
import routes.ledger.ShardId;

/**
 * Whether what Kinesis acknowledged to intakes was read, of the hours of which all reading is
 * counted. Within any hours no fewer records can have been read than surely arrived; more can, as
 * others write to the stream too, and records whose answer was lost may be there twice.
 *
 * @param acknowledged records that can be compared
 * @param underWay records of hours whose last one is not read yet
 * @param losses where fewer were read than arrived
 */
record Acceptance(long acknowledged, long underWay, List<Loss> losses) {

  /** An account has the last day, and the hour that it began with. */
  private static final long KEPT_HOURS = 24;

  /** Records of a shard that were acknowledged and never read, and the hours of their arrival. */
  record Loss(String shard, Instant from, Instant to, long records) {}

  Acceptance {
    losses = List.copyOf(losses);
  }

  /**
   * That of a stream.
   *
   * @param since the first hour that counts
   */
  static Acceptance of(Map<ShardId, Checkpoint> shards, Receipts receipts, long since) {
    // A stream that was made anew has shards by the same names.
    Map<String, List<Checkpoint>> byName = new TreeMap<>();
    shards.forEach(
        (id, checkpoint) ->
            byName.computeIfAbsent(id.shard(), none -> new ArrayList<>()).add(checkpoint));
    Acceptance all = new Acceptance(0, 0, List.of());
    for (Entry<String, ? extends SortedMap<Long, Receipts.Count>> shard :
        receipts.byShard().entrySet()) {
      all =
          all.plus(
              of(
                  shard.getKey(),
                  byName.getOrDefault(shard.getKey(), List.of()),
                  shard.getValue().tailMap(since)));
    }
    return all;
  }

  long missing() {
    return losses.stream().mapToLong(Loss::records).sum();
  }

  private static Acceptance of(
      String shard, List<Checkpoint> checkpoints, SortedMap<Long, Receipts.Count> receipts) {
    Position readTo = Position.START;
    Arrivals arrivals = Arrivals.NONE;
    long since = 0;
    for (Checkpoint checkpoint : checkpoints) {
      readTo = Position.latest(readTo, checkpoint.account().readTo());
      arrivals = arrivals.plus(checkpoint.account().arrivals());
      since = Math.max(since, checkpoint.account().since());
    }
    if (!arrivals.byHour().isEmpty()) {
      since = Math.max(since, arrivals.byHour().lastKey() - KEPT_HOURS);
    }
    long acknowledged = 0;
    long underWay = 0;
    List<Long> hours = new ArrayList<>();
    for (Entry<Long, Receipts.Count> hour : receipts.tailMap(since).entrySet()) {
      long records = hour.getValue().within() + hour.getValue().edge();
      if (Position.endOf(hour.getValue().last()).isAfter(readTo)) {
        underWay += records;
      } else {
        acknowledged += records;
        hours.add(hour.getKey());
      }
    }
    Optional<Loss> loss = loss(shard, hours, receipts, arrivals);
    return new Acceptance(acknowledged, underWay, loss.stream().toList());
  }

  /** The shortest stretch of hours with most records missing. */
  private static Optional<Loss> loss(
      String shard, List<Long> hours, SortedMap<Long, Receipts.Count> receipts, Arrivals arrivals) {
    @Nullable Loss worst = null;
    for (int i = hours.size() - 1; i >= 0; i--) {
      for (long to : hours.subList(i, hours.size())) {
        long from = hours.get(i);
        long missing = arrived(receipts, from, to) - read(arrivals, from, to);
        if (missing > (worst == null ? 0 : worst.records())) {
          worst = new Loss(shard, Balance.start(from), Balance.start(to + 1), missing);
        }
      }
    }
    return Optional.ofNullable(worst);
  }

  /** Those that surely arrived within these hours. */
  private static long arrived(SortedMap<Long, Receipts.Count> receipts, long from, long to) {
    return receipts.subMap(from, to + 1).values().stream().mapToLong(Receipts.Count::within).sum()
        + receipts.subMap(from, to).values().stream().mapToLong(Receipts.Count::edge).sum();
  }

  private static long read(Arrivals arrivals, long from, long to) {
    return arrivals.byHour().subMap(from, to + 1).values().stream()
        .mapToLong(HourCount::read)
        .sum();
  }

  private Acceptance plus(Acceptance more) {
    List<Loss> all = new ArrayList<>(losses);
    all.addAll(more.losses);
    return new Acceptance(acknowledged + more.acknowledged, underWay + more.underWay, all);
  }
}

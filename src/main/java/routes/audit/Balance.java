package routes.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.HourCount;

/**
 * What became of what arrived on a stream within one hour, by the accounts of its shards.
 *
 * @param hour its beginning
 * @param read elements that were read, whatever they are
 * @param records those that are in the lake
 * @param copies those that were left out as copies
 * @param rejected those that are no records
 * @param inFlight those that are not delivered yet
 * @param unaccounted those of which there should be something, or of which there is too much
 */
record Balance(
    Instant hour,
    long read,
    long records,
    long copies,
    long rejected,
    long inFlight,
    long unaccounted) {

  /** By how much times of arrival in a shard may not be in its order. */
  private static final Duration DISORDER = Duration.ofMinutes(5);

  private static final long SECONDS_PER_HOUR = 3600;

  /** Those of a stream, the latest hour first. */
  static List<Balance> of(Collection<Checkpoint> shards) {
    TreeMap<Instant, Balance> hours = new TreeMap<>();
    for (Checkpoint shard : shards) {
      long atRest = atRest(shard);
      shard
          .account()
          .arrivals()
          .byHour()
          .forEach(
              (hour, count) ->
                  hours.merge(start(hour), of(hour, count, hour < atRest), Balance::plus));
    }
    return List.copyOf(hours.descendingMap().values());
  }

  /** All of them together, as of the first hour. */
  static Balance total(List<Balance> hours) {
    return hours.stream().reduce(new Balance(Instant.EPOCH, 0, 0, 0, 0, 0, 0), Balance::plus);
  }

  static Instant start(long hour) {
    return Instant.ofEpochSecond(hour * SECONDS_PER_HOUR);
  }

  private static Balance of(long hour, HourCount count, boolean atRest) {
    return new Balance(
        start(hour),
        count.read(),
        count.records(),
        count.copies(),
        count.rejected(),
        atRest ? 0 : count.open(),
        atRest ? Math.abs(count.open()) : 0);
  }

  /** The first hour of arrival of which something may be under way. */
  private static long atRest(Checkpoint shard) {
    if (!shard.account().readTo().isAfter(shard.delivered())) {
      return Long.MAX_VALUE;
    }
    return shard.arrival() == null
        ? Long.MIN_VALUE
        : Arrivals.hour(shard.arrival().minus(DISORDER));
  }

  private Balance plus(Balance more) {
    return new Balance(
        hour,
        read + more.read,
        records + more.records,
        copies + more.copies,
        rejected + more.rejected,
        inFlight + more.inFlight,
        unaccounted + more.unaccounted);
  }
}

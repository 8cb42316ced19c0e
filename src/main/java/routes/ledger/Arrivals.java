package routes.ledger;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by the hour in which Kinesis took what they are of. Immutable.
 *
 * @param byHour by whole hours since 1970-01-01T00:00Z
 */
public record Arrivals(SortedMap<Long, HourCount> byHour) {

  public static final Arrivals NONE = new Arrivals(new TreeMap<>());

  private static final String METADATA = "arrivals";
  private static final long SECONDS_PER_HOUR = 3600;

  public Arrivals {
    byHour = Collections.unmodifiableSortedMap(new TreeMap<>(byHour));
  }

  /** Of what arrived within one hour. */
  public static Arrivals of(long hour, HourCount count) {
    return new Arrivals(new TreeMap<>(Map.of(hour, count)));
  }

  /** In which hour that is. */
  public static long hour(Instant arrival) {
    return Math.floorDiv(arrival.getEpochSecond(), SECONDS_PER_HOUR);
  }

  public Arrivals plus(Arrivals more) {
    TreeMap<Long, HourCount> sum = new TreeMap<>(byHour);
    more.byHour.forEach((hour, count) -> sum.merge(hour, count, HourCount::plus));
    return new Arrivals(sum);
  }

  /** Those of this hour and of later ones. */
  public Arrivals from(long hour) {
    return new Arrivals(byHour.tailMap(hour));
  }

  public HourCount total() {
    return byHour.values().stream().reduce(HourCount.NONE, HourCount::plus);
  }

  /** As an object has them among its metadata: hour, records and copies, such as 498373=1200+3. */
  public Map<String, String> toMetadata() {
    return Map.of(
        METADATA,
        byHour.entrySet().stream()
            .map(hour -> hour.getKey() + "=" + text(hour.getValue()))
            .collect(joining(",")));
  }

  private static String text(HourCount count) {
    return count.records() + "+" + count.copies();
  }

  /** What metadata say, or empty where they do not, as those of earlier versions. */
  public static Optional<Arrivals> of(Map<String, String> metadata) {
    Arrivals arrivals = NONE;
    try {
      for (String hour : Splitter.on(',').split(metadata.getOrDefault(METADATA, ""))) {
        List<String> parts = Splitter.onPattern("[=+]").splitToList(hour);
        HourCount count =
            new HourCount(0, Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)), 0);
        arrivals = arrivals.plus(of(Long.parseLong(parts.get(0)), count));
      }
    } catch (NumberFormatException | IndexOutOfBoundsException none) {
      return Optional.empty();
    }
    return Optional.of(arrivals);
  }
}

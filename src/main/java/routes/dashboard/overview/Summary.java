package routes.dashboard.overview;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import routes.dashboard.alerts.Alert;
import routes.dashboard.stats.Meters;
import routes.dashboard.stats.Reading;
import routes.dashboard.stats.Series;

/**
 * What is the case now.
 *
 * @param totals counted since the start of this process
 * @param rates how much those grew a second, over the last ten to twenty seconds
 * @param closedBy objects by what closed them
 * @param rejectedBy records refused by the intake, by reason
 * @param deadLettersBy dead letters by reason
 */
public record Summary(
    Instant at,
    App app,
    Map<Series, Double> totals,
    Map<Series, Double> rates,
    List<ShardState> shards,
    BufferState buffer,
    LetterState letters,
    SortedMap<String, Double> closedBy,
    SortedMap<String, Double> rejectedBy,
    SortedMap<String, Double> deadLettersBy,
    double duplicates,
    List<Alert> alerts) {

  /**
   * A shard this process delivers.
   *
   * @param signal what its stream carries
   * @param lagSeconds the age of its oldest undelivered record
   * @param blockedSeconds for how long something has kept it from moving
   */
  public record ShardState(String signal, String shard, double lagSeconds, double blockedSeconds) {}

  /**
   * The memory for records that are not delivered yet.
   *
   * @param limitBytes what it may take
   * @param groups how many objects are being collected
   */
  public record BufferState(double bytes, double limitBytes, double groups) {}

  /**
   * What waits on the dead-letter queue.
   *
   * @param oldestSeconds for how long the oldest that was seen has waited; 0 without any
   */
  public record LetterState(double waiting, double oldestSeconds) {}

  static Summary of(App app, Meters meters, Reading earlier, Reading now, List<Alert> alerts) {
    return new Summary(
        now.at(),
        app,
        now.counters(),
        now.ratesSince(earlier),
        shards(meters),
        new BufferState(
            meters.sum("delivery.buffer.bytes"),
            meters.sum("delivery.buffer.limit.bytes"),
            meters.sum("delivery.groups.open")),
        new LetterState(now.value(Series.WAITING_LETTERS), now.value(Series.OLDEST_LETTER_SECONDS)),
        meters.by("delivery.objects", "closed"),
        meters.by("intake.rejected", "reason"),
        meters.by("deadletters.sent", "reason"),
        meters.sum("delivery.duplicates"),
        alerts);
  }

  private static List<ShardState> shards(Meters meters) {
    Map<Map<String, String>, Double> blocked = new HashMap<>();
    meters.all("delivery.blocked").forEach(shard -> blocked.put(shard.tags(), shard.value()));
    return meters.all("delivery.lag").stream()
        .map(
            lag ->
                new ShardState(
                    lag.tags().getOrDefault("signal", ""),
                    lag.tags().getOrDefault("shard", ""),
                    lag.value(),
                    blocked.getOrDefault(lag.tags(), 0.0)))
        .sorted(comparing(ShardState::signal).thenComparing(ShardState::shard))
        .toList();
  }
}

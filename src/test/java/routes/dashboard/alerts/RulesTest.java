package routes.dashboard.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.dashboard.stats.Series.BLOCKED_SECONDS;
import static routes.dashboard.stats.Series.BROKEN_ROUTES;
import static routes.dashboard.stats.Series.DEAD_LETTERS;
import static routes.dashboard.stats.Series.DELIVERED_RECORDS;
import static routes.dashboard.stats.Series.GAPS;
import static routes.dashboard.stats.Series.LAG_SECONDS;
import static routes.dashboard.stats.Series.LAKE_FAULTS;
import static routes.dashboard.stats.Series.OLDEST_LETTER_SECONDS;
import static routes.dashboard.stats.Series.PUBLISHED_RECORDS;
import static routes.dashboard.stats.Series.RECEIPTS_BLOCKED_SECONDS;
import static routes.dashboard.stats.Series.RECEIVED_RECORDS;
import static routes.dashboard.stats.Series.RETENTION_USED;
import static routes.dashboard.stats.Series.THROTTLED_RECORDS;
import static routes.dashboard.stats.Series.UNACCOUNTED_RECORDS;
import static routes.dashboard.stats.Series.WAITING_LETTERS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.dashboard.alerts.Alerts.Change;
import routes.dashboard.stats.History;
import routes.dashboard.stats.Reading;
import routes.dashboard.stats.Series;

class RulesTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final History history = new History();
  private final Alerts alerts = new Alerts();

  @Test
  void nothing_fires_at_the_start() {
    assertThat(at(0, Map.of())).isEmpty();
    assertThat(alerts.active()).isEmpty();
  }

  @Test
  void ten_minutes_without_records_fire_until_one_comes() {
    at(0, Map.of(RECEIVED_RECORDS, 7.0));

    assertThat(at(599, Map.of(RECEIVED_RECORDS, 7.0))).isEmpty();
    assertThat(at(600, Map.of(RECEIVED_RECORDS, 7.0)))
        .containsExactly("no-records: No records came in for 10 minutes.");
    assertThat(at(610, Map.of(RECEIVED_RECORDS, 8.0))).containsExactly("no-records ended");
  }

  @Test
  void a_process_that_only_takes_in_is_not_quiet_while_records_come() {
    at(0, Map.of(RECEIVED_RECORDS, 7.0));

    assertThat(at(600, Map.of(RECEIVED_RECORDS, 8.0))).isEmpty();
  }

  @Test
  void a_process_that_only_delivers_is_not_quiet_while_it_does() {
    at(0, Map.of(DELIVERED_RECORDS, 7.0));

    assertThat(at(600, Map.of(DELIVERED_RECORDS, 8.0))).isEmpty();
  }

  @Test
  void a_lag_of_more_than_five_minutes_fires() {
    assertThat(at(0, Map.of(LAG_SECONDS, 300.0))).isEmpty();
    assertThat(at(10, Map.of(LAG_SECONDS, 301.0)))
        .containsExactly("lag: The oldest undelivered record is 5 minutes old.");
    assertThat(at(20, Map.of(LAG_SECONDS, 299.0))).containsExactly("lag ended");
  }

  @Test
  void a_record_that_has_used_up_three_quarters_of_the_retention_fires() {
    assertThat(at(0, Map.of(RETENTION_USED, 0.75))).isEmpty();
    assertThat(at(10, Map.of(RETENTION_USED, 0.8)))
        .containsExactly(
            "retention: The oldest undelivered record has used up 80 % of the stream's retention.");
    assertThat(at(20, Map.of(RETENTION_USED, 0.1))).containsExactly("retention ended");
  }

  @Test
  void records_that_the_stream_dropped_fire_for_five_minutes() {
    at(0, Map.of(GAPS, 0.0));

    assertThat(at(10, Map.of(GAPS, 1.0)))
        .containsExactly("gap: The stream has dropped records before they were delivered.");
    assertThat(at(320, Map.of(GAPS, 1.0))).containsExactly("gap ended");
  }

  @Test
  void throttling_of_more_than_one_percent_within_five_minutes_fires() {
    at(0, Map.of(PUBLISHED_RECORDS, 1_000.0, THROTTLED_RECORDS, 500.0));

    assertThat(at(10, Map.of(PUBLISHED_RECORDS, 1_990.0, THROTTLED_RECORDS, 510.0))).isEmpty();
    assertThat(at(20, Map.of(PUBLISHED_RECORDS, 1_990.0, THROTTLED_RECORDS, 520.0)))
        .containsExactly(
            "throttling: Kinesis refused 2.0 % of the records sent within 5 minutes, as a shard was full.");
    assertThat(at(320, Map.of(PUBLISHED_RECORDS, 2_000.0, THROTTLED_RECORDS, 520.0)))
        .containsExactly("throttling ended");
  }

  @Test
  void dead_letters_fire_for_five_minutes() {
    at(0, Map.of(DEAD_LETTERS, 4.0));

    assertThat(at(10, Map.of(DEAD_LETTERS, 4.0))).isEmpty();
    assertThat(at(20, Map.of(DEAD_LETTERS, 6.0)))
        .containsExactly("dead-letters: 2 dead letters arrived within 5 minutes.");
    assertThat(at(309, Map.of(DEAD_LETTERS, 6.0))).isEmpty();
    assertThat(at(320, Map.of(DEAD_LETTERS, 6.0))).containsExactly("dead-letters ended");
  }

  @Test
  void dead_letters_that_wait_for_more_than_an_hour_fire_until_they_are_gone() {
    assertThat(at(0, Map.of(WAITING_LETTERS, 7.0, OLDEST_LETTER_SECONDS, 3600.0))).isEmpty();
    assertThat(at(60, Map.of(WAITING_LETTERS, 7.0, OLDEST_LETTER_SECONDS, 3660.0)))
        .containsExactly("dead-letters-wait: 7 dead letters wait, the oldest for 61 minutes.");
    assertThat(at(70, Map.of(WAITING_LETTERS, 0.0))).containsExactly("dead-letters-wait ended");
  }

  @Test
  void a_route_file_that_cannot_run_fires_until_it_can() {
    assertThat(at(0, Map.of(BROKEN_ROUTES, 1.0)))
        .containsExactly("routes: A route file cannot run as it was saved.");
    assertThat(at(10, Map.of())).containsExactly("routes ended");
  }

  @Test
  void what_is_not_accounted_for_fires_until_it_is() {
    assertThat(at(0, Map.of(UNACCOUNTED_RECORDS, 1200.0)))
        .containsExactly(
            "unaccounted: 1,200 records that arrived within a day are not accounted for.");
    assertThat(at(10, Map.of(LAKE_FAULTS, 2.0)))
        .containsExactlyInAnyOrder(
            "unaccounted ended",
            "lake-faults: Hours of the lake are not what was put there, in 2 places.");
  }

  @Test
  void receipts_that_were_not_written_for_more_than_a_minute_fire_until_they_are() {
    assertThat(at(0, Map.of(RECEIPTS_BLOCKED_SECONDS, 60.0))).isEmpty();
    assertThat(at(10, Map.of(RECEIPTS_BLOCKED_SECONDS, 80.0)))
        .containsExactly(
            "receipts: The audit has not been told for 1 minute what Kinesis acknowledged to this process, and does not compare it.");
    assertThat(at(20, Map.of())).containsExactly("receipts ended");
  }

  @Test
  void a_shard_stuck_for_more_than_a_minute_fires() {
    assertThat(at(0, Map.of(BLOCKED_SECONDS, 60.0))).isEmpty();
    assertThat(at(10, Map.of(BLOCKED_SECONDS, 61.0)))
        .containsExactly("blocked: Delivery of a shard has been stuck for 1 minute.");
    assertThat(at(20, Map.of(BLOCKED_SECONDS, 125.0))).isEmpty();
    assertThat(alerts.active())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.since()).isEqualTo(NOON.plusSeconds(10));
              assertThat(alert.message())
                  .isEqualTo("Delivery of a shard has been stuck for 2 minutes.");
            });
    assertThat(at(30, Map.of())).containsExactly("blocked ended");
  }

  @Test
  void several_alerts_are_independent_and_the_longest_comes_first() {
    at(0, Map.of(LAG_SECONDS, 400.0));

    assertThat(at(10, Map.of(LAG_SECONDS, 400.0, BLOCKED_SECONDS, 100.0)))
        .containsExactly("blocked: Delivery of a shard has been stuck for 2 minutes.");
    assertThat(alerts.active()).extracting(Alert::id).containsExactly("lag", "blocked");
  }

  /** Takes a reading so many seconds after noon, and answers with what began or ended. */
  private List<String> at(long second, Map<Series, Double> values) {
    Reading reading = new Reading(NOON.plus(Duration.ofSeconds(second)), values);
    history.add(reading);
    return alerts.evaluate(history, reading).stream().map(RulesTest::told).toList();
  }

  private static String told(Change change) {
    Alert alert = change.alert();
    return change.firing() ? alert.id() + ": " + alert.message() : alert.id() + " ended";
  }
}

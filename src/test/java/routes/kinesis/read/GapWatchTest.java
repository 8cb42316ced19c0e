package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import routes.ledger.Checkpoint;
import routes.ledger.Position;
import routes.ledger.ShardLedger;

/** Kinesis drops what is too old and says nothing; sequence numbers here are 10, 20, 30 ... */
class GapWatchTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final OneShard kinesis = new OneShard();
  private final Gaps gaps = new Gaps();
  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
  private Instant wall = NOON;
  private Instant steady = NOON;

  @Test
  void a_reader_that_was_behind_for_longer_than_a_stream_keeps_records_sees_the_gap() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    pass(HOUR.multipliedBy(25));
    kinesis.dropBefore(30);

    reading.read();

    assertThat(gaps.latest())
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.after()).isEqualTo(Position.endOf("10"));
              assertThat(gap.next()).isEqualTo("30");
            });
    assertThat(ledger.uncertainUntil()).isNotNull();
  }

  @Test
  void a_reader_whose_place_is_no_longer_known_sees_the_gap_however_soon() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    kinesis.dropBefore(30);
    kinesis.expire();

    reading.read();

    assertThat(gaps.latest())
        .singleElement()
        .satisfies(gap -> assertThat(gap.next()).isEqualTo("30"));
  }

  @Test
  void a_place_that_is_no_longer_known_is_no_gap_where_nothing_was_dropped() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    kinesis.expire();

    reading.read();

    assertThat(gaps.count()).isZero();
  }

  @Test
  void all_that_is_dropped_is_seen_at_once_though_nothing_follows() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    pass(HOUR.multipliedBy(25));
    kinesis.dropBefore(100);

    reading.read();

    assertThat(gaps.latest()).singleElement().satisfies(gap -> assertThat(gap.next()).isNull());
    put(110);
    reading.read();
    assertThat(gaps.count()).isEqualTo(1);
  }

  @Test
  void a_machine_whose_clock_was_set_back_meanwhile_sees_it_too() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    steady = steady.plus(HOUR.multipliedBy(25));
    wall = wall.minus(HOUR);
    kinesis.dropBefore(30);

    reading.read();

    assertThat(gaps.count()).isEqualTo(1);
  }

  @Test
  void being_behind_for_long_on_a_stream_that_keeps_records_for_longer_is_no_gap() {
    put(10, 20, 30);
    Reading reading = new Reading(Position.START, 1);
    reading.read();
    pass(HOUR.multipliedBy(25));

    reading.read();
    reading.read();

    assertThat(gaps.count()).isZero();
  }

  @Test
  void a_quiet_stream_that_forgets_what_was_delivered_has_no_gap() {
    put(10);
    Reading reading = new Reading(Position.START, 10);
    for (int hour = 0; hour < 50; hour++) {
      reading.read();
      pass(HOUR);
    }
    kinesis.dropBefore(20);
    put(20);

    reading.read();

    assertThat(gaps.count()).isZero();
  }

  @Test
  void a_reader_that_keeps_up_asks_for_nothing() {
    Reading reading = new Reading(Position.START, 10);
    for (int read = 1; read <= 10; read++) {
      put(10 * read);
      reading.read();
    }

    assertThat(kinesis.iterators()).isEqualTo(1);
  }

  @Test
  void at_a_start_the_gap_between_checkpoint_and_stream_is_seen() {
    put(30);

    new Reading(Position.endOf("10"), 10).read();

    assertThat(gaps.latest())
        .singleElement()
        .satisfies(gap -> assertThat(gap.next()).isEqualTo("30"));
  }

  @Test
  void at_a_start_what_was_read_but_not_delivered_is_missed_at_once_though_nothing_follows() {
    new Reading(new Position("10", 3), 10).read();

    assertThat(gaps.latest())
        .singleElement()
        .satisfies(gap -> assertThat(gap.after()).isEqualTo(new Position("10", 3)));
  }

  @Test
  void at_a_start_where_all_was_delivered_an_empty_stream_is_none() {
    new Reading(Position.endOf("10"), 10).read();

    assertThat(gaps.count()).isZero();
    assertThat(ledger.uncertainUntil()).isEqualTo(NOON);
  }

  @Test
  void at_a_start_nothing_is_missed_where_the_checkpoint_is_on_the_stream() {
    put(10, 20);

    new Reading(new Position("10", 3), 10).read();

    assertThat(gaps.count()).isZero();
    assertThat(ledger.uncertainUntil()).isNull();
  }

  private void put(int... sequenceNumbers) {
    for (int number : sequenceNumbers) {
      kinesis.put(number);
    }
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    steady = steady.plus(time);
    kinesis.at(wall);
  }

  private final class Reading {

    private final ShardCursor cursor;
    private final GapWatch watch;

    Reading(Position from, int batch) {
      cursor = ShardCursor.at(kinesis, batch, OneShard.ID, from);
      watch =
          new GapWatch(
              OneShard.ID,
              from,
              gaps,
              place -> ShardCursor.at(kinesis, 1, OneShard.ID, place),
              () -> wall,
              () -> steady);
    }

    void read() {
      watch.check(cursor.read(), ledger);
    }
  }
}

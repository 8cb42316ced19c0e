package routes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShardLedgerTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);

  @Test
  void nothing_open_means_everything_read_is_delivered() {
    ledger.readTo(Position.endOf("12"), NOON);

    assertThat(ledger.checkpoint())
        .isEqualTo(new Checkpoint(Position.endOf("12"), NOON, Map.of(), null, false, Account.NONE));
    assertThat(ledger.isDelivered()).isTrue();
  }

  @Test
  void reading_begins_again_at_the_first_open_record_of_all_groups() {
    take("a", NOON, 3, 5);
    take("b", NOON.plusSeconds(1), 4, 4);
    ledger.readTo(Position.endOf("5"), NOON.plusSeconds(2));

    ledger.deliver("b", position(4));

    assertThat(ledger.checkpoint())
        .isEqualTo(
            new Checkpoint(
                position(3).before(), NOON, Map.of("b", position(4)), null, false, Account.NONE));
  }

  @Test
  void a_group_delivered_in_part_is_open_from_the_next_record_on() {
    take("a", NOON, 3, 5);
    takeMore("a", NOON, 7, 8);
    ledger.readTo(Position.endOf("8"), NOON);

    ledger.deliver("a", position(5));

    assertThat(ledger.deliveredTo("a")).isEqualTo(position(5));
    assertThat(ledger.takenTo("a")).isEqualTo(position(8));
    assertThat(ledger.isNext("a", position(7))).isTrue();
    assertThat(ledger.checkpoint().delivered()).isEqualTo(position(5));
  }

  @Test
  void the_next_object_is_of_the_batch_that_begins_first() {
    take("a", NOON, 3, 5);
    take("a", NOON, 8, 9);
    assertThat(ledger.isNext("a", position(3))).isTrue();
    assertThat(ledger.isNext("a", position(8))).isFalse();

    ledger.deliver("a", position(5));

    assertThat(ledger.isNext("a", position(8))).isTrue();
    assertThat(ledger.isNext("b", position(8))).isFalse();
  }

  @Test
  void what_an_object_holds_that_was_adopted_meanwhile_stays_out() {
    take("a", NOON, 3, 5);
    ledger.deliver("a", position(8));
    assertThat(ledger.isDelivered()).isTrue();

    takeMore("a", NOON, 7, 8);
    assertThat(ledger.isDelivered()).isTrue();

    takeMore("a", NOON, 8, 10);
    ledger.readTo(Position.endOf("10"), NOON);
    assertThat(ledger.isNext("a", position(9))).isTrue();
    assertThat(ledger.checkpoint().delivered()).isEqualTo(position(8));
  }

  @Test
  void a_later_worker_goes_on_from_the_checkpoint() {
    take("a", NOON, 3, 3);
    take("b", NOON, 4, 4);
    ledger.readTo(Position.endOf("4"), NOON);
    ledger.deliver("b", position(4));

    ShardLedger later = new ShardLedger(ledger.checkpoint());

    assertThat(later.takenTo("a")).isEqualTo(position(3).before());
    assertThat(later.takenTo("b")).isEqualTo(position(4));
  }

  @Test
  void a_shard_is_finished_when_it_is_closed_and_delivered() {
    take("a", NOON, 3, 3);
    ledger.readTo(Position.endOf("3"), NOON);
    ledger.close();
    assertThat(ledger.checkpoint().finished()).isFalse();

    ledger.deliver("a", position(3));

    assertThat(ledger.checkpoint().finished()).isTrue();
  }

  @Test
  void marks_go_once_everything_before_them_is_delivered() {
    take("a", NOON, 3, 3);
    take("b", NOON, 4, 4);
    ledger.readTo(Position.endOf("4"), NOON);
    ledger.deliver("b", position(4));

    ledger.deliver("a", position(3));

    assertThat(ledger.checkpoint().beyond()).isEmpty();
  }

  @Test
  void a_longer_sequence_number_is_a_larger_one() {
    assertThat(new Position("100", 0)).isGreaterThan(new Position("99", 7));
    assertThat(new Position("99", 1)).isGreaterThan(new Position("99", 0));
    assertThat(Position.START).isLessThan(new Position("0", 0).before());
  }

  private void take(String group, Instant arrival, int first, int last) {
    ledger.take(group, position(first), position(last), arrival);
  }

  private void takeMore(String group, Instant arrival, int first, int last) {
    ledger.takeMore(group, position(first), position(last), arrival);
  }

  private static Position position(int sequenceNumber) {
    return new Position(Integer.toString(sequenceNumber), 0);
  }
}

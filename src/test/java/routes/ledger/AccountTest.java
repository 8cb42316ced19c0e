package routes.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is counted belongs to the checkpoint, and is what lies between it and the beginning. */
class AccountTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long HOUR = Arrivals.hour(NOON);
  private static final String GROUP = "service=a/year=2026/month=11/day=20/hour=12";

  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);

  @Test
  void what_is_read_again_is_counted_once() {
    ledger.count("7", NOON, 3);
    ledger.count("9", NOON, 1);
    Checkpoint saved = ledger.checkpoint();
    assertThat(saved.delivered()).isEqualTo(Position.START);

    ShardLedger next = new ShardLedger(saved);
    next.count("7", NOON, 3);
    next.count("9", NOON, 1);
    next.count("10", NOON, 5);

    assertThat(next.checkpoint().account().arrivals().total().read()).isEqualTo(9);
  }

  @Test
  void what_is_not_yet_anywhere_is_open() {
    ledger.count("7", NOON, 10);
    ledger.deliver("poison", new Position("7", 1), counts(0, 0, 2));
    ledger.deliver(GROUP, new Position("7", 6), List.of(object(HOUR, counts(4, 1, 0))));

    assertThat(ledger.checkpoint().account().arrivals().byHour())
        .isEqualTo(Map.of(HOUR, new HourCount(10, 4, 1, 2)));
    assertThat(ledger.checkpoint().account().arrivals().total().open()).isEqualTo(3);
  }

  @Test
  void after_what_cannot_be_counted_it_begins_with_the_next_hour() {
    ledger.count("7", NOON, 10);
    ledger.countAnew(NOON);
    ledger.deliver(GROUP, new Position("7", 6), List.of(object(HOUR, counts(10, 0, 0))));
    ledger.count("8", NOON.plus(Duration.ofHours(1)), 1);

    Account account = ledger.checkpoint().account();
    assertThat(account.arrivals().byHour()).isEqualTo(Map.of(HOUR + 1, HourCount.read(1)));
    assertThat(account.groups()).isEmpty();
  }

  @Test
  void hours_are_forgotten_those_of_groups_first() {
    for (int hour = 0; hour < 30; hour++) {
      Instant arrival = NOON.plus(Duration.ofHours(hour));
      String number = Integer.toString(100 + hour);
      ledger.count(number, arrival, 1);
      ledger.deliver(
          GROUP,
          new Position(number, 0),
          List.of(object(HOUR + hour, Arrivals.of(HOUR + hour, new HourCount(0, 1, 0, 0)))));
    }

    Account account = ledger.checkpoint().account();
    assertThat(account.arrivals().byHour()).hasSize(25).containsKey(HOUR + 5);
    assertThat(account.groups()).containsOnlyKeys(HOUR + 27, HOUR + 28, HOUR + 29);
    assertThat(account.groupsSince()).isEqualTo(HOUR + 27);
  }

  @Test
  void so_many_groups_that_a_checkpoint_would_be_large_are_not_counted_by_group() {
    ledger.count("7", NOON, 1000);
    for (int service = 0; service < 501; service++) {
      ledger.deliver(
          "service=s" + service,
          new Position("7", service),
          List.of(object(HOUR, counts(1, 0, 0))));
    }

    Account account = ledger.checkpoint().account();
    assertThat(account.groups()).isEmpty();
    assertThat(account.groupsSince()).isEqualTo(HOUR + 1);
    assertThat(account.arrivals().total().records()).isEqualTo(501);
  }

  @Test
  void a_checkpoint_is_written_with_what_was_counted() throws Exception {
    ledger.count("7", NOON, 10);
    ledger.deliver(GROUP, new Position("7", 6), List.of(object(HOUR, counts(4, 1, 0))));
    Checkpoint checkpoint = ledger.checkpoint();

    byte[] document = CheckpointStore.write(checkpoint, Map.of(), false);

    assertThat(CheckpointStore.read(document, NOON)).isEqualTo(checkpoint);
  }

  @Test
  void an_earlier_version_reads_the_checkpoint_and_not_what_was_counted() throws Exception {
    ledger.count("7", NOON, 10);
    byte[] document = CheckpointStore.write(ledger.checkpoint(), Map.of("a", "b"), true);

    assertThat(new ObjectMapper().readValue(document, CheckpointDocument.class))
        .isEqualTo(CheckpointDocument.of(Checkpoint.NONE, Map.of("a", "b"), true));
  }

  @Test
  void where_an_earlier_version_wrote_it_counts_begin_with_the_next_hour() throws Exception {
    String document =
        """
        {"version":1,"settings":{},"clean":false,"delivered":{"sequenceNumber":"7","index":3},
        "arrivalMillis":null,"beyond":{},"uncertainUntilMillis":null,"finished":false}""";

    Checkpoint checkpoint = CheckpointStore.read(document.getBytes(UTF_8), NOON);

    assertThat(checkpoint.delivered()).isEqualTo(new Position("7", 3));
    assertThat(checkpoint.account()).isEqualTo(Account.after(HOUR));
  }

  @Test
  void an_object_says_when_what_it_holds_arrived() {
    Arrivals arrivals = counts(1200, 3, 0).plus(Arrivals.of(HOUR + 1, new HourCount(0, 22, 0, 0)));

    assertThat(arrivals.toMetadata())
        .isEqualTo(Map.of("arrivals", "%s=1200+3,%s=22+0".formatted(HOUR, HOUR + 1)));
    assertThat(Arrivals.of(arrivals.toMetadata())).contains(arrivals);
    assertThat(Arrivals.of(Map.of())).isEmpty();
    assertThat(Arrivals.of(Map.of("arrivals", "many"))).isEmpty();
  }

  @Test
  void sums_tell_which_object_makes_the_difference() {
    UUID one = UUID.fromString("8f0c8d2e-5b0f-3a57-9d6c-2b1f1f8e4a10");
    UUID two = UUID.fromString("1c5d6a7b-0f21-38c4-a2b3-77aa00bb11cc");
    ObjectSum both = ObjectSum.of(one, 100, 3).plus(ObjectSum.of(two, 50, 2));

    ObjectSum gone = both.minus(ObjectSum.of(one, 100, 0));
    assertThat(gone.objects()).isEqualTo(1);
    assertThat(gone.name()).isEqualTo(two);
    ObjectSum shorter = both.minus(ObjectSum.of(one, 100, 0).plus(ObjectSum.of(two, 49, 0)));
    assertThat(shorter.isSizeOf(two)).isTrue();
    assertThat(shorter.isSizeOf(one)).isFalse();
    assertThat(both.sameObjects(ObjectSum.of(two, 50, 0).plus(ObjectSum.of(one, 100, 0)))).isTrue();
  }

  private static AccountedObject object(long hour, Arrivals arrivals) {
    return new AccountedObject(hour, UUID.randomUUID(), 10, arrivals);
  }

  private static Arrivals counts(long records, long copies, long rejected) {
    return Arrivals.of(HOUR, new HourCount(0, records, copies, rejected));
  }
}

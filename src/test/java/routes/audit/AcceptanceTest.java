package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.ledger.Account;
import routes.ledger.Arrivals;
import routes.ledger.Checkpoint;
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.Receipts;
import routes.ledger.ShardId;

class AcceptanceTest {

  private static final long NINE = Arrivals.hour(Instant.parse("2026-11-20T09:00:00Z"));
  private static final ShardId SHARD = shard(0);

  private final Receipts receipts = new Receipts();

  @Test
  void what_was_read_to_its_last_record_in_full_is_accepted() {
    acknowledged(NINE, 10, 5, "100");
    acknowledged(NINE + 1, 20, 0, "200");

    assertThat(of(Map.of(SHARD, read("200", Map.of(NINE, 12L, NINE + 1, 23L)))))
        .isEqualTo(new Acceptance(35, 0, List.of()));
  }

  @Test
  void one_that_was_never_read_is_missing_in_the_hours_it_must_have_come() {
    acknowledged(NINE, 10, 0, "100");
    acknowledged(NINE + 1, 20, 5, "200");
    acknowledged(NINE + 2, 30, 0, "300");

    Acceptance acceptance =
        of(Map.of(SHARD, read("300", Map.of(NINE, 10L, NINE + 1, 19L, NINE + 2, 40L))));

    assertThat(acceptance.missing()).isEqualTo(1);
    assertThat(acceptance.losses())
        .containsExactly(
            new Acceptance.Loss(
                "shard-0",
                Instant.parse("2026-11-20T10:00:00Z"),
                Instant.parse("2026-11-20T11:00:00Z"),
                1));
  }

  @Test
  void what_came_at_the_end_of_an_hour_may_be_in_the_next_and_is_in_one_of_them() {
    acknowledged(NINE, 10, 5, "100");
    acknowledged(NINE + 1, 20, 0, "200");

    assertThat(of(Map.of(SHARD, read("200", Map.of(NINE, 10L, NINE + 1, 25L)))).missing()).isZero();
    assertThat(of(Map.of(SHARD, read("200", Map.of(NINE, 15L, NINE + 1, 20L)))).missing()).isZero();
    assertThat(of(Map.of(SHARD, read("200", Map.of(NINE, 12L, NINE + 1, 22L)))).losses())
        .containsExactly(
            new Acceptance.Loss(
                "shard-0",
                Instant.parse("2026-11-20T09:00:00Z"),
                Instant.parse("2026-11-20T11:00:00Z"),
                1));
  }

  @Test
  void an_hour_that_is_not_read_to_its_end_is_under_way() {
    acknowledged(NINE, 10, 0, "100");
    acknowledged(NINE + 1, 20, 0, "200");

    assertThat(of(Map.of(SHARD, read("199", Map.of(NINE, 10L, NINE + 1, 2L)))))
        .isEqualTo(new Acceptance(10, 20, List.of()));
    assertThat(of(Map.of())).isEqualTo(new Acceptance(0, 30, List.of()));
  }

  @Test
  void hours_of_which_reading_is_not_counted_are_not_compared() {
    acknowledged(NINE, 10, 3, "100");
    acknowledged(NINE + 1, 20, 0, "200");
    Account anew =
        new Account(
            NINE + 1, 0, Position.endOf("200"), arrivals(Map.of(NINE + 1, 20L)), new TreeMap<>());

    assertThat(of(Map.of(SHARD, Checkpoint.NONE.with(anew))))
        .isEqualTo(new Acceptance(20, 0, List.of()));
    acknowledged(NINE - 30, 1_000, 0, "1");
    assertThat(of(Map.of(SHARD, read("200", Map.of(NINE, 12L, NINE + 1, 21L)))).missing()).isZero();
  }

  @Test
  void a_stream_that_was_made_anew_goes_on_with_what_was_read_of_the_one_before() {
    acknowledged(NINE, 30, 0, "150");
    ShardId anew = new ShardId("stream", Instant.ofEpochMilli(1), "shard-0");

    assertThat(
            of(Map.of(SHARD, read("100", Map.of(NINE, 10L)), anew, read("150", Map.of(NINE, 20L)))))
        .isEqualTo(new Acceptance(30, 0, List.of()));
  }

  @Test
  void what_others_put_on_a_shard_hides_nothing_of_another_shard() {
    acknowledged(NINE, 10, 0, "100");
    receipts.add("shard-1", NINE, new Receipts.Count(10, 0, "100"));

    assertThat(
            of(Map.of(
                    SHARD,
                    read("100", Map.of(NINE, 9L)),
                    shard(1),
                    read("100", Map.of(NINE, 500L))))
                .missing())
        .isEqualTo(1);
  }

  private Acceptance of(Map<ShardId, Checkpoint> shards) {
    return Acceptance.of(shards, receipts, 0);
  }

  private void acknowledged(long hour, long within, long edge, String last) {
    receipts.add("shard-0", hour, new Receipts.Count(within, edge, last));
  }

  private static Checkpoint read(String to, Map<Long, Long> byHour) {
    return Checkpoint.NONE.with(
        new Account(0, 0, Position.endOf(to), arrivals(byHour), new TreeMap<>()));
  }

  private static Arrivals arrivals(Map<Long, Long> read) {
    TreeMap<Long, HourCount> hours = new TreeMap<>();
    read.forEach((hour, count) -> hours.put(hour, new HourCount(count, 0, 0, 0)));
    return new Arrivals(hours);
  }

  private static ShardId shard(int number) {
    return new ShardId("stream", Instant.EPOCH, "shard-" + number);
  }
}

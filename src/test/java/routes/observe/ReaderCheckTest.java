package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.ledger.ShardId;
import routes.retry.Attempt;
import routes.stream.ReadingStatus;
import routes.stream.ShardStatus;

class ReaderCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void a_database_that_does_not_answer_is_down_with_its_reason() {
    HealthCheck.Result result =
        check(new Attempt("count what was read", NOW.minusSeconds(40), "Connection refused"));

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage())
        .contains(
            "Cannot count what was read for 40 s now: Connection refused; shard-0 is 70 s behind");
  }

  @Test
  void one_that_was_slow_once_is_up_and_how_far_it_is_behind_is_told() {
    HealthCheck.Result result =
        check(new Attempt("count what was read", NOW.minusSeconds(5), "Connection refused"));

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage()).contains("shard-0 is 70 s behind");
    assertThat(result.getDetails()).containsEntry("lag.seconds.shard-0", 70L);
  }

  private static HealthCheck.Result check(@Nullable Attempt attempt) {
    ShardStatus shard =
        new ShardStatus(
            new ShardId("logs", Instant.EPOCH, "shard-0"),
            Duration.ofSeconds(70),
            0,
            attempt,
            Duration.ofHours(24));
    ReadingStatus reading =
        new ReadingStatus(List.of(shard), List.of(), List.of(), List.of(), List.of());
    return new ReaderCheck(
            "figures",
            new DeliveryProgress(
                () -> reading, List::of, new LastFailure(), Clock.fixed(NOW, ZoneOffset.UTC)))
        .call();
  }
}

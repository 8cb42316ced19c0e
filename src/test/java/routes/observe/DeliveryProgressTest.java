package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.ledger.ShardId;
import routes.retry.Attempt;
import routes.stream.ReadingStatus;
import routes.stream.ShardStatus;

class DeliveryProgressTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shard-0");

  private final LastFailure failures = new LastFailure();

  @Test
  void what_was_just_begun_is_not_stuck() {
    DeliveryProgress progress =
        progress(attempt("read", NOW.minusSeconds(14), "Connection refused"), List.of());

    assertThat(progress.stuckTasks()).isEmpty();
    assertThat(progress.blocked(progress.shards().get(0))).isEqualTo(Duration.ofSeconds(14));
  }

  @Test
  void what_has_been_failing_for_long_is_one_with_its_reason() {
    DeliveryProgress progress =
        progress(
            attempt("load the checkpoint", NOW.minusSeconds(40), "MAX_FUTURE_HOURS=24, now 48"),
            List.of(attempt("list the shards", NOW.minusSeconds(30), "Access denied")));

    assertThat(progress.stuckTasks())
        .extracting(DeliveryProgress.StuckTask::toString)
        .containsExactly(
            "Cannot list the shards for 30 s now: Access denied",
            "Cannot load the checkpoint for 40 s now: MAX_FUTURE_HOURS=24, now 48");
  }

  @Test
  void what_a_route_tries_again_has_the_reason_of_its_last_failure() {
    Instant since = NOW.minusSeconds(40);
    DeliveryProgress progress = progress(attempt("deliver", since, null), List.of());
    assertThat(progress.stuckTasks())
        .extracting(DeliveryProgress.StuckTask::reason)
        .containsExactly("no answer yet");

    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT,
        new IllegalStateException("wrapped", new IllegalStateException("The queue is away")));
    failures.process(exchange);

    assertThat(progress.stuckTasks())
        .extracting(DeliveryProgress.StuckTask::reason)
        .containsExactly("java.lang.IllegalStateException: The queue is away");
  }

  private DeliveryProgress progress(Attempt reading, List<Attempt> failing) {
    ReadingStatus status =
        new ReadingStatus(
            List.of(new ShardStatus(SHARD, Duration.ZERO, 0, reading, Duration.ofDays(7))),
            List.of(),
            List.of(),
            failing,
            List.of());
    return new DeliveryProgress(() -> status, List::of, failures, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Attempt attempt(String what, Instant since, @Nullable String failure) {
    return new Attempt(what, since, failure);
  }
}

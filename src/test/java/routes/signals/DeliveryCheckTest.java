package routes.signals;

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
import routes.delivery.DeliveryCounts;
import routes.delivery.FlushLimits;
import routes.delivery.ObjectChains;
import routes.delivery.OpenBatches;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.shards.Attempt;
import routes.shards.ReadingStatus;
import routes.shards.ShardStatus;

class DeliveryCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final DeliveryBuffer buffer = new DeliveryBuffer(1_000);

  @Test
  void being_far_behind_with_a_full_buffer_is_told_but_not_down() {
    ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
    buffer.open(ledger);
    buffer.take(ledger, 1_200);

    HealthCheck.Result result =
        check(
            shard("shard-0", Duration.ofMillis(900), null),
            shard("shard-1", Duration.ofHours(7), null));

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage())
        .contains(
            "shard-1 is 25200 s behind; 1200 of 1000 bytes wait to be delivered: reading waits for room");
    assertThat(result.getDetails())
        .containsEntry("lag.seconds.shard-0", 0L)
        .containsEntry("lag.seconds.shard-1", 25_200L)
        .containsEntry("buffer.bytes", 1_200L)
        .containsEntry("buffer.limit.bytes", 1_000L);
  }

  @Test
  void what_is_stuck_is_down_with_its_reason_first() {
    HealthCheck.Result result =
        check(
            shard(
                "shard-0",
                Duration.ofSeconds(50),
                new Attempt("read", NOW.minusSeconds(40), "Access denied")));

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage())
        .contains(
            "Cannot read for 40 s now: Access denied; shard-0 is 50 s behind; 0 of 1000 bytes wait to be delivered");
  }

  @Test
  void a_process_that_holds_no_shard_is_ready_for_one() {
    HealthCheck.Result result = check();

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage())
        .contains("No shard is read here; 0 of 1000 bytes wait to be delivered");
  }

  private HealthCheck.Result check(ShardStatus... shards) {
    ObjectChains chains =
        new ObjectChains(
            new OpenBatches(buffer, new FlushLimits(1, 1, 1)), buffer, new DeliveryCounts());
    ReadingStatus status = new ReadingStatus(List.of(shards), List.of());
    DeliveryProgress progress =
        new DeliveryProgress(
            () -> status, chains, new LastFailure(), Clock.fixed(NOW, ZoneOffset.UTC));
    return new DeliveryCheck(progress, buffer).call();
  }

  private static ShardStatus shard(String name, Duration lag, @Nullable Attempt attempt) {
    return new ShardStatus(new ShardId("logs", Instant.EPOCH, name), lag, 0, attempt);
  }
}

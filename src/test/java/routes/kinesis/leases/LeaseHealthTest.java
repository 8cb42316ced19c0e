package routes.kinesis.leases;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import routes.cloud.FailingCalls;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener.WorkerState;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** A worker that shares a stream and reads nothing says so, unless others read it. */
class LeaseHealthTest {

  private static final Duration EXPIRY = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(16);

  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private final LeaseHealth health =
      new LeaseHealth("logs", new FailingCalls(() -> now), EXPIRY, () -> now);

  @Test
  void one_that_never_joins_says_so_after_a_while() {
    assertWell();
    pass(LONG);

    assertThatThrownBy(health::requireWell)
        .hasMessageContaining("Cannot join the workers that share logs");

    health.onWorkerStateChange(WorkerState.STARTED);
    assertWell();
  }

  @Test
  void a_table_without_leases_is_told_and_over_once_this_worker_has_one() {
    health.onWorkerStateChange(WorkerState.STARTED);
    health.holdsNone(List.of());
    assertWell();
    pass(LONG);
    health.holdsNone(List.of());

    assertThatThrownBy(health::requireWell)
        .hasMessage("Cannot get a lease of logs: there are none, though the stream has shards");

    health.holdsSome();
    assertWell();
  }

  @Test
  void leases_that_others_renew_are_theirs() {
    health.onWorkerStateChange(WorkerState.STARTED);
    for (long counter = 1; counter <= 10; counter++) {
      health.holdsNone(List.of(lease("shard-1", "other", counter)));
      pass(Duration.ofSeconds(5));
      assertWell();
    }
  }

  @Test
  void a_lease_that_nobody_renews_or_has_is_told_by_its_name() {
    health.onWorkerStateChange(WorkerState.STARTED);
    health.holdsNone(List.of(lease("shard-1", "dead", 7), lease("shard-2", null, 1)));
    pass(LONG);
    health.holdsNone(List.of(lease("shard-1", "dead", 7), lease("shard-2", null, 1)));

    assertThatThrownBy(health::requireWell)
        .hasMessage(
            "Cannot get a lease of logs: nobody holds those of [shard-1, shard-2], and nobody assigns them");
  }

  @Test
  void a_finished_shard_needs_no_holder() {
    health.onWorkerStateChange(WorkerState.STARTED);
    Lease finished = lease("shard-1", null, 1);
    finished.checkpoint(ExtendedSequenceNumber.SHARD_END);
    for (long counter = 1; counter <= 10; counter++) {
      health.holdsNone(List.of(finished, lease("shard-2", "other", counter)));
      pass(Duration.ofSeconds(5));
    }

    assertWell();
  }

  private void assertWell() {
    assertThatCode(health::requireWell).doesNotThrowAnyException();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Lease lease(String shard, @Nullable String owner, long counter) {
    Lease lease = new Lease();
    lease.leaseKey(shard);
    lease.leaseOwner(owner);
    lease.leaseCounter(counter);
    lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
    return lease;
  }
}

package routes.kinesis.leases;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import routes.cloud.FailingCalls;
import routes.retry.Attempt;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * What keeps this worker from its part in sharing a stream: the calls that fail, as the Kinesis
 * Client Library tries most of them again without a word; that it has not begun; or that leases lie
 * about while this worker has none.
 */
@ThreadSafe
final class LeaseHealth implements WorkerStateChangeListener {

  private final String stream;
  private final FailingCalls calls;
  private final Duration expiry;
  private final InstantSource clock;
  private final Instant begun;
  private volatile boolean joined;

  @GuardedBy("this")
  private Map<String, Renewal> renewals = new HashMap<>();

  @GuardedBy("this")
  private @Nullable Attempt unheld;

  /** The counter of a lease, which its holder raises, and since when it has stood there. */
  private record Renewal(Long counter, Instant since) {}

  /**
   * @param expiry after how long without a renewal a lease should have another holder
   * @param clock one that nobody sets
   */
  LeaseHealth(String stream, FailingCalls calls, Duration expiry, InstantSource clock) {
    this.stream = stream;
    this.calls = calls;
    this.expiry = expiry;
    this.clock = clock;
    this.begun = clock.instant();
  }

  @Override
  public void onWorkerStateChange(WorkerState state) {
    joined = state == WorkerState.STARTED;
  }

  boolean isJoined() {
    return joined;
  }

  /** What is being tried, however short. */
  synchronized List<Attempt> failing() {
    List<Attempt> failing = new ArrayList<>(joined ? calls.repeated() : calls.all());
    if (!joined && failing.isEmpty()) {
      failing.add(new Attempt("join the workers that share " + stream, begun, null));
    }
    if (joined && unheld != null) {
      failing.add(unheld);
    }
    return failing;
  }

  /** Throws when something has been failing for longer than it does when all is well. */
  void requireWell() {
    Instant now = clock.instant();
    failing().stream()
        .filter(attempt -> attempt.isStuck(now))
        .findFirst()
        .ifPresent(
            stuck -> {
              throw new IllegalStateException(
                  "Cannot %s: %s"
                      .formatted(
                          stuck.what(),
                          Objects.requireNonNullElse(stuck.failure(), "no answer yet")));
            });
  }

  /** This worker holds leases: whether others are held is not for it to say. */
  synchronized void holdsSome() {
    renewals = new HashMap<>();
    unheld = null;
  }

  /**
   * This worker holds none; these are all there are.
   *
   * @param leases to be shown again and again, or it is not seen which are renewed
   */
  synchronized void holdsNone(List<Lease> leases) {
    Instant now = clock.instant();
    Map<String, Renewal> seen = new HashMap<>();
    for (Lease lease : leases) {
      Renewal before = renewals.get(lease.leaseKey());
      seen.put(
          lease.leaseKey(),
          before != null && before.counter().equals(lease.leaseCounter())
              ? before
              : new Renewal(lease.leaseCounter(), now));
    }
    renewals = seen;
    List<String> free =
        leases.stream()
            .filter(lease -> !ExtendedSequenceNumber.SHARD_END.equals(lease.checkpoint()))
            .filter(lease -> isFree(lease, seen, now))
            .map(Lease::leaseKey)
            .sorted()
            .toList();
    if (!leases.isEmpty() && free.isEmpty()) {
      unheld = null;
    } else {
      unheld =
          new Attempt(
              "get a lease of " + stream,
              unheld == null ? now : unheld.since(),
              leases.isEmpty()
                  ? "there are none, though the stream has shards"
                  : "nobody holds those of %s, and nobody assigns them".formatted(free));
    }
  }

  private boolean isFree(Lease lease, Map<String, Renewal> seen, Instant now) {
    Renewal renewal = Objects.requireNonNull(seen.get(lease.leaseKey()));
    return lease.leaseOwner() == null
        || Duration.between(renewal.since(), now).compareTo(expiry) > 0;
  }
}

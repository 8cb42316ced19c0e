package routes.demo.send;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one signal so far, and whether its intake takes it. Safe for use by many threads.
 */
public final class SignalProgress {

  /** After an intake said that it does not have this, it is asked again. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Signal signal;
  private final InstantSource clock;

  @GuardedBy("this")
  private State state = State.FLOWING;

  @GuardedBy("this")
  private Instant pausedUntil = Instant.MIN;

  @GuardedBy("this")
  private long accepted;

  @GuardedBy("this")
  private long rejected;

  @GuardedBy("this")
  private long skipped;

  @GuardedBy("this")
  private long retries;

  @GuardedBy("this")
  private @Nullable String problem;

  /** How it goes. */
  private enum State {
    FLOWING,
    /** The intake cannot take it at the moment. */
    WAITING,
    /** The intake does not take it. */
    PAUSED
  }

  SignalProgress(Signal signal, InstantSource clock) {
    this.signal = signal;
    this.clock = clock;
  }

  /**
   * What is shown of it.
   *
   * @param state {@code flowing}, {@code waiting} or {@code paused}
   * @param accepted records that the intake has
   * @param rejected records that it did not want
   * @param skipped records that were not sent, as it does not take them
   * @param retries requests that were sent once more
   * @param problem what the last answer said; null when all is well
   */
  public record View(
      String signal,
      String state,
      long accepted,
      long rejected,
      long skipped,
      long retries,
      @Nullable String problem) {}

  synchronized boolean isPaused() {
    return state == State.PAUSED && clock.instant().isBefore(pausedUntil);
  }

  synchronized void accepted(Batch batch, int refused, String detail) {
    state = State.FLOWING;
    accepted += batch.records() - refused;
    rejected += refused;
    problem = refused > 0 ? detail : null;
  }

  synchronized void rejected(Batch batch, String reason) {
    state = State.FLOWING;
    rejected += batch.records();
    problem = reason;
  }

  synchronized void skipped(Batch batch) {
    skipped += batch.records();
  }

  synchronized void paused(Batch batch, String reason) {
    state = State.PAUSED;
    pausedUntil = clock.instant().plus(PAUSE);
    skipped += batch.records();
    problem = reason;
  }

  synchronized void retries(String reason) {
    state = State.WAITING;
    retries++;
    problem = reason;
  }

  public synchronized View view() {
    String name = state.name().toLowerCase(Locale.ROOT);
    return new View(signal.label(), name, accepted, rejected, skipped, retries, problem);
  }
}

package routes.retry;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock for ages and time-outs: it begins at the time of day and from then on only counts, so
 * that setting the machine's clock makes nothing older or younger.
 */
@ThreadSafe
public final class SteadyClock extends Clock {

  /** The one clock of this process, so that its instants can be compared. */
  public static final SteadyClock OF_PROCESS = new SteadyClock();

  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  private SteadyClock() {}

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  /** How long ago that was. */
  public static Duration since(Instant then) {
    return Duration.between(then, OF_PROCESS.instant());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("It has no zone");
  }
}

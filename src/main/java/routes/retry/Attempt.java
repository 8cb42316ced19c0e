package routes.retry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is tried until it succeeds.
 *
 * @param what such as "read logs/1700000000000/shardId-000000000000"
 * @param since when it was tried for the first time, by a {@link SteadyClock}
 * @param failure why the last try failed, or null when none has yet
 */
public record Attempt(String what, Instant since, @Nullable String failure) {

  /** The longest pause between two tries and then some: what succeeds at the next was not stuck. */
  public static final Duration STUCK_AFTER = Duration.ofSeconds(15);

  /** How long it has been tried. */
  public Duration age(Instant now) {
    return Duration.between(since, now);
  }

  /** Whether it has been tried for longer than it takes when all is well. */
  public boolean isStuck(Instant now) {
    return age(now).compareTo(STUCK_AFTER) > 0;
  }
}

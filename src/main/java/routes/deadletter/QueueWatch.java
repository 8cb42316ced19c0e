package routes.deadletter;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.deadletter.DeadLetterService.Waiting;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks now and then at what waits on the dead-letter queue. */
@ThreadSafe
public final class QueueWatch {

  private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);

  private final DeadLetterService service;
  private final InstantSource clock;
  private volatile @Nullable Waiting last;

  QueueWatch(DeadLetterService service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  /** To be called often; what was seen holds until the next look that succeeds. */
  void look() {
    try {
      last = service.waiting();
    } catch (DeadLetterService.BusyException | SdkException failure) {
      LOG.debug("The dead-letter queue could not be looked at", failure);
    }
  }

  /** How many lie on the queue, copies included and roughly; not a number before the first look. */
  public double letters() {
    Waiting seen = last;
    return seen == null ? Double.NaN : seen.letters();
  }

  /**
   * For how long the oldest that was seen has waited, 0 without any; not a number before a look.
   */
  public double oldestSeconds() {
    Waiting seen = last;
    Instant oldest = seen == null ? null : seen.oldest();
    return seen == null
        ? Double.NaN
        : oldest == null
            ? 0
            : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }
}

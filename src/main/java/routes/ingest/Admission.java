package routes.ingest;

import com.google.errorprone.annotations.ThreadSafe;
import routes.http.HttpProblem;
import routes.kinesis.publish.PublishingKinesisClient;

/** Turns callers away while their records could not be published. */
@ThreadSafe
public final class Admission {

  private final boolean enabled;
  private final PublishingKinesisClient publisher;

  public Admission(boolean enabled, PublishingKinesisClient publisher) {
    this.enabled = enabled;
    this.publisher = publisher;
  }

  /**
   * Returns when records are taken at present.
   *
   * @throws HttpProblem 503 while publishing is switched off, 429 while too much waits for the
   *     stream
   */
  public void requireOpen() {
    if (!enabled) {
      throw HttpProblem.unavailable("Publishing is switched off (KINESIS_ENABLED=false)");
    }
    publisher.requireRoom();
  }

  /** Whether a record sent now would probably be accepted, by what became of those before it. */
  public IntakeHealth health() {
    try {
      requireOpen();
    } catch (HttpProblem closed) {
      return new IntakeHealth(false, String.valueOf(closed.getMessage()));
    }
    return publisher
        .recentFailure()
        .map(failure -> new IntakeHealth(false, failure))
        .orElseGet(() -> new IntakeHealth(true, "Records are taken"));
  }
}

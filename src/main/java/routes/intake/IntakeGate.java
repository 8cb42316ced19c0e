package routes.intake;

import routes.publish.PublishOverloadedException;
import routes.publish.PublishingKinesisClient;

/** Turns callers away at the door while their records could not be published. Thread-safe. */
public final class IntakeGate {

  private final boolean enabled;
  private final PublishingKinesisClient publisher;

  public IntakeGate(boolean enabled, PublishingKinesisClient publisher) {
    this.enabled = enabled;
    this.publisher = publisher;
  }

  /**
   * Returns when records are taken at present.
   *
   * @throws HttpProblem 503 while publishing is switched off
   * @throws PublishOverloadedException while too much waits for the stream
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
    } catch (HttpProblem | PublishOverloadedException closed) {
      return new IntakeHealth(false, String.valueOf(closed.getMessage()));
    }
    return publisher
        .recentFailure()
        .map(failure -> new IntakeHealth(false, failure))
        .orElseGet(() -> new IntakeHealth(true, "Records are taken"));
  }
}

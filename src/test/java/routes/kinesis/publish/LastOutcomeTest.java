package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastOutcomeTest {

  private Instant now = Instant.parse("2026-11-20T09:00:00Z");
  private final LastOutcome outcome = new LastOutcome(() -> now);

  @Test
  void a_failure_counts_until_a_success() {
    assertThat(outcome.recentFailure()).isEmpty();

    outcome.failed(failure("stream away"));
    assertThat(outcome.recentFailure()).contains("stream away");

    outcome.succeeded();
    assertThat(outcome.recentFailure()).isEmpty();
  }

  @Test
  void a_failure_is_forgotten_after_half_a_minute_without_another_try() {
    outcome.failed(failure("stream away"));

    now = now.plusSeconds(30);
    assertThat(outcome.recentFailure()).contains("stream away");
    now = now.plusMillis(1);
    assertThat(outcome.recentFailure()).isEmpty();
  }

  private static PublishException failure(String message) {
    return new PublishUnavailableException(message, new Delivery(1, 0, 0), null);
  }
}

package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTuningTest {

  @Test
  void has_defaults() {
    assertThat(PublishTuning.withBuffer(64_000_000, false))
        .isEqualTo(
            new PublishTuning(
                Duration.ofMillis(5), 8, 5_242_880, 64_000_000, Duration.ofSeconds(20), false));
    assertThat(PublishTuning.withBuffer(64_000_000, true).requestBytes()).isEqualTo(1_048_576);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S,  1, 1048576, 1, PT1S, linger is PT-1S",
    "PT0S,   0, 1048576, 1, PT1S, requestsInFlight is 0",
    "PT0S,  65, 1048576, 1, PT1S, requestsInFlight is 65",
    "PT0S,   1, 1048575, 1, PT1S, requestBytes is 1048575",
    "PT0S,   1, 10485761, 1, PT1S, requestBytes is 10485761",
    "PT0S,   1, 1048576, 0, PT1S, bufferBytes is 0",
    "PT0S,   1, 1048576, 1, PT0S, deadline is PT0S",
  })
  void names_the_value_that_is_not_allowed(
      Duration linger, int inFlight, int request, int buffer, Duration deadline, String problem) {
    assertThatThrownBy(() -> new PublishTuning(linger, inFlight, request, buffer, deadline, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem + ", allowed is ");
  }
}

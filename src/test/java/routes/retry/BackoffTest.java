package routes.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration MAX = Duration.ofSeconds(2);

  @Test
  void doubles_with_every_failure_up_to_the_bound() {
    Backoff backoff = Backoff.withoutJitter(FIRST, MAX);

    assertThat(LongStream.of(1, 2, 3, 6, 7, 12, Integer.MAX_VALUE).map(n -> millis(backoff, n)))
        .containsExactly(50L, 100L, 200L, 1_600L, 2_000L, 2_000L, 2_000L);
  }

  @Test
  void jitter_leaves_something_of_the_wait_and_adds_nothing() {
    Backoff backoff = Backoff.withJitter(FIRST, MAX);

    assertThat(LongStream.range(0, 1_000).map(ignored -> backoff.nanosAfter(3)))
        .allSatisfy(wait -> assertThat(wait).isBetween(1L, Duration.ofMillis(200).toNanos()))
        .hasSizeGreaterThan(1);
    assertThat(Backoff.withJitter(Duration.ofNanos(1), MAX).nanosAfter(1)).isEqualTo(1);
  }

  private static long millis(Backoff backoff, long failures) {
    return Duration.ofNanos(backoff.nanosAfter((int) failures)).toMillis();
  }
}

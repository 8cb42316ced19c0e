package routes.kinesis.publish;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether records got onto the stream when last tried. */
@ThreadSafe
final class LastOutcome {

  /** After so long without another try a failure says nothing about the next one. */
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private final InstantSource clock;
  private volatile @Nullable Failure failure;

  private record Failure(Instant at, String reason) {}

  LastOutcome(InstantSource clock) {
    this.clock = clock;
  }

  void succeeded() {
    failure = null;
  }

  void failed(PublishException reason) {
    failure = new Failure(clock.instant(), String.valueOf(reason.getMessage()));
  }

  Optional<String> recentFailure() {
    Failure last = failure;
    return last == null || last.at().plus(MEMORY).isBefore(clock.instant())
        ? Optional.empty()
        : Optional.of(last.reason());
  }
}

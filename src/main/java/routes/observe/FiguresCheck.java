package routes.observe;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.retry.Attempt;
import routes.shards.ReadingStatus;
import routes.shards.ShardStatus;

/**
 * Down while something keeps records from being counted, with the reason. How far counting is
 * behind is told and no more.
 */
final class FiguresCheck extends AbstractHealthCheck {

  private final Supplier<ReadingStatus> reading;
  private final InstantSource clock;

  /**
   * @param clock the one by which attempts are timed
   */
  FiguresCheck(Supplier<ReadingStatus> reading, InstantSource clock) {
    super("camel-app", "figures");
    this.reading = reading;
    this.clock = clock;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    ReadingStatus status = reading.get();
    for (ShardStatus shard : status.shards()) {
      result.detail("lag.seconds." + shard.shard().shard(), shard.lag().toSeconds());
    }
    Instant now = clock.instant();
    List<Attempt> stuck =
        Stream.concat(
                status.failing().stream(),
                status.shards().stream().map(ShardStatus::attempt).flatMap(Stream::ofNullable))
            .filter(attempt -> attempt.isStuck(now))
            .toList();
    if (stuck.isEmpty()) {
      result.up();
    } else {
      result.message(
          stuck.stream()
              .map(
                  attempt ->
                      "Nothing is counted: cannot %s for %s s now: %s"
                          .formatted(
                              attempt.what(), attempt.age(now).toSeconds(), attempt.failure()))
              .collect(joining("; ")));
      result.down();
    }
  }
}

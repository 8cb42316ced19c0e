package routes.observe;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.stream.ShardStatus;

/**
 * Down while something keeps a reader beside delivery from moving on, with the reason. How far it
 * is behind is told and no more.
 */
final class ReaderCheck extends AbstractHealthCheck {

  private final DeliveryProgress progress;

  /**
   * @param id its name
   */
  ReaderCheck(String id, DeliveryProgress progress) {
    super("camel-app", id);
    this.progress = progress;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    for (ShardStatus shard : progress.shards()) {
      result.detail("lag.seconds." + shard.shard().shard(), shard.lag().toSeconds());
    }
    List<DeliveryProgress.StuckTask> stuckTasks = progress.stuckTasks();
    result.message(
        Stream.concat(
                stuckTasks.stream().map(DeliveryProgress.StuckTask::toString),
                Stream.of(progress.lag()))
            .collect(joining("; ")));
    if (stuckTasks.isEmpty()) {
      result.up();
    } else {
      result.down();
    }
  }
}

package routes.signals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.ledger.DeliveryBuffer;
import routes.shards.ShardStatus;

/** Down while something keeps delivery from moving on, with the reason. */
public final class DeliveryCheck extends AbstractHealthCheck {

  private final DeliveryProgress progress;
  private final DeliveryBuffer buffer;

  public DeliveryCheck(DeliveryProgress progress, DeliveryBuffer buffer) {
    super("camel-app", "delivery");
    this.progress = progress;
    this.buffer = buffer;
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
    result.detail("buffer.bytes", buffer.used()).detail("buffer.limit.bytes", buffer.limit());
    List<Blockage> blockages = progress.blockages();
    if (blockages.isEmpty()) {
      result.up();
      return;
    }
    result
        .message(blockages.stream().map(Blockage::toString).collect(Collectors.joining("; ")))
        .down();
  }
}

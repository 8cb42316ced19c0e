package routes.signals;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.ledger.DeliveryBuffer;
import routes.shards.ShardStatus;

/**
 * Down while something keeps delivery from moving on, with the reason. Lag and a full buffer are
 * told and no more: whoever is behind is needed most, and restarting it would not help.
 */
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
    Stream<String> reasons = blockages.stream().map(Blockage::toString);
    result.message(Stream.concat(reasons, Stream.of(lag(), memory())).collect(joining("; ")));
    if (blockages.isEmpty()) {
      result.up();
    } else {
      result.down();
    }
  }

  private String lag() {
    return progress.shards().stream()
        .max(Comparator.comparing(ShardStatus::lag))
        .map(last -> "%s is %s s behind".formatted(last.shard().shard(), last.lag().toSeconds()))
        .orElse("No shard is read here");
  }

  private String memory() {
    return "%s of %s bytes wait to be delivered%s"
        .formatted(
            buffer.used(), buffer.limit(), buffer.isFull() ? ": reading waits for room" : "");
  }
}

package routes.observe;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.delivery.Lake;
import routes.ledger.DeliveryBuffer;
import routes.spool.Spool;
import routes.stream.Gap;
import routes.stream.ShardStatus;

/**
 * Down while something keeps delivery from moving on, with the reason. Lag, a full buffer and a
 * disk that fails are told and no more: whoever is behind is needed most, and restarting it would
 * not help.
 */
public final class DeliveryCheck extends AbstractHealthCheck {

  /** What is left is a quarter at least: of the shortest retention, six hours to mend something. */
  private static final double RETENTION_WARNING = 0.75;

  private static final int MAX_GAPS = 3;

  private final DeliveryProgress progress;
  private final DeliveryBuffer buffer;
  private final Optional<Spool> spool;

  public DeliveryCheck(Lake lake, DeliveryProgress progress) {
    super("camel-app", lake.layer().suffixed("delivery"));
    this.progress = progress;
    this.buffer = lake.buffer();
    this.spool = lake.spool();
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
    List<ShardStatus> shards = Stream.concat(read().stream(), unread().stream()).toList();
    for (ShardStatus shard : shards) {
      result.detail("lag.seconds." + shard.shard().shard(), shard.lag().toSeconds());
    }
    result.detail("buffer.bytes", buffer.used()).detail("buffer.limit.bytes", buffer.limit());
    spool.ifPresent(
        disk ->
            result.detail("spool.bytes", disk.used()).detail("spool.limit.bytes", disk.limit()));
    List<DeliveryProgress.StuckTask> stuckTasks = progress.stuckTasks();
    result.message(
        Stream.of(
                stuckTasks.stream().map(DeliveryProgress.StuckTask::toString),
                Stream.of(progress.lag()),
                waiting().stream(),
                Stream.of(memory()),
                spool.flatMap(Spool::trouble).stream(),
                shards.stream().filter(DeliveryCheck::isLate).map(DeliveryCheck::retention),
                progress.gaps().stream().limit(MAX_GAPS).map(Gap::toString))
            .flatMap(parts -> parts)
            .collect(joining("; ")));
    if (stuckTasks.isEmpty()) {
      result.up();
    } else {
      result.down();
    }
  }

  private List<ShardStatus> read() {
    return progress.shards();
  }

  private List<ShardStatus> unread() {
    return progress.unread();
  }

  private Optional<String> waiting() {
    List<String> waiting = progress.waiting();
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s shards wait until those they came from are delivered, the first is %s"
                .formatted(waiting.size(), waiting.get(0)));
  }

  private static boolean isLate(ShardStatus shard) {
    return shard.retentionUsed() > RETENTION_WARNING;
  }

  private static String retention(ShardStatus shard) {
    return "%s: in %s min the stream drops records that are not delivered; lengthen its retention"
        .formatted(shard.shard().shard(), Math.max(0, shard.retentionLeft().toMinutes()));
  }

  private String memory() {
    return "%s of %s bytes wait to be delivered%s"
        .formatted(
            buffer.used(), buffer.limit(), buffer.isFull() ? ": reading waits for room" : "");
  }
}

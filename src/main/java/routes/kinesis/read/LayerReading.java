package routes.kinesis.read;

import java.util.function.Consumer;
import java.util.function.Function;
import routes.ledger.Checkpoints;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;

/** What all that is read for one layer shares. */
public final class LayerReading {

  private final Checkpoints checkpoints;
  private final DeliveryBuffer buffer;
  private final Function<String, ShardAssignment> assignments;
  private final Consumer<ShardId> closeGroups;
  private final Gaps gaps = new Gaps();

  /**
   * What there is of the layer.
   *
   * @param assignments which shards of a stream to read
   * @param closeGroups sends whatever is open of a shard on its way to the lake, or drops it once
   *     the shard's ledger is abandoned
   */
  public LayerReading(
      Checkpoints checkpoints,
      DeliveryBuffer buffer,
      Function<String, ShardAssignment> assignments,
      Consumer<ShardId> closeGroups) {
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.assignments = assignments;
    this.closeGroups = closeGroups;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  DeliveryBuffer buffer() {
    return buffer;
  }

  ShardAssignment assignment(String stream) {
    return assignments.apply(stream);
  }

  Consumer<ShardId> closeGroups() {
    return closeGroups;
  }

  Gaps gaps() {
    return gaps;
  }
}

package routes.backfill;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import routes.envelope.EnvelopeReader;
import routes.kinesis.read.StreamScan;
import routes.ledger.Account;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.Position;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.signal.Layer;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the batch layer has passed by its checkpoint or, before it has one, by the stream, which it
 * can only read from the oldest record on. For one thread.
 */
final class LayerFrontier implements Frontier {

  private final CheckpointStore store;
  private final StreamScan stream;
  private final Map<ShardId, Checkpoint> passed = new HashMap<>();

  /**
   * @param state the bucket of the checkpoints
   * @param envelopes of the stream's records
   */
  LayerFrontier(
      KinesisClient kinesis, S3Client s3, String state, EnvelopeReader envelopes, String stream) {
    // Nothing is continued here, so nothing can be continued under other settings.
    this.store =
        new CheckpointStore(s3, state, Layer.BATCH, new SettingsGuard(new TreeMap<>(), true));
    this.stream = new StreamScan(kinesis, envelopes, stream);
  }

  @Override
  public Position passed(ShardId shard, String group) throws InterruptedException {
    Checkpoint known = passed.get(shard);
    if (known == null) {
      known = store.load(shard);
      if (known.delivered().equals(Position.START)) {
        Optional<Position> beginning =
            stream.shards().contains(shard) ? stream.beginning(shard) : Optional.of(Position.END);
        if (beginning.isEmpty()) {
          // True of what was there before the stream was asked, and of nothing that comes later.
          return Position.END;
        }
        known = new Checkpoint(beginning.get(), null, Map.of(), null, false, Account.NONE);
      }
      passed.put(shard, known);
    }
    return known.deliveredTo(group);
  }
}

package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.local.kinesis.StreamConsumer;

/**
 * Delivery as the embedded Kinesis sees it: taken is what the checkpoints in the embedded S3 call
 * delivered, whichever process writes them. A stream that nobody delivers keeps everything.
 */
final class EmbeddedDelivery implements StreamConsumer {

  private final List<String> streams;
  private final Path state;
  private final Duration lookBack;

  /**
   * @param objects the folder of the embedded S3's buckets
   */
  EmbeddedDelivery(Settings settings, Path objects) {
    streams = settings.resources().signals().streams();
    state = objects.resolve(settings.resources().state());
    lookBack = settings.delivery().dedupeWindow();
  }

  @Override
  public boolean reads(String name) {
    return streams.contains(name);
  }

  @Override
  public Optional<String> stoppedAt(String name, Instant created, String shard, String newest)
      throws IOException {
    Checkpoint checkpoint = checkpoint(new ShardId(name, created, shard));
    Position delivered = checkpoint.delivered();
    return checkpoint.finished() || delivered.compareTo(Position.endOf(newest)) >= 0
        ? Optional.empty()
        : Optional.of(delivered.sequenceNumber());
  }

  private Checkpoint checkpoint(ShardId shard) throws IOException {
    try {
      return CheckpointStore.read(Files.readAllBytes(state.resolve(CheckpointStore.key(shard))));
    } catch (NoSuchFileException none) {
      return Checkpoint.NONE;
    }
  }

  @Override
  public Duration lookBack() {
    return lookBack;
  }
}

package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.local.kinesis.StreamConsumer;
import routes.signal.Layer;

/**
 * Delivery as the embedded Kinesis sees it: taken is what the checkpoints of all layers in the
 * embedded S3 call delivered, whichever process writes them. A stream that nobody delivers keeps
 * everything.
 */
final class EmbeddedDelivery implements StreamConsumer {

  private final List<String> streams;
  private final List<Layer> layers;
  private final Optional<String> errors;
  private final Path state;
  private final Duration lookBack;

  /**
   * @param objects the folder of the embedded S3's buckets
   */
  EmbeddedDelivery(Settings settings, Path objects) {
    streams = settings.resources().signals().streams();
    layers = settings.resources().layers();
    errors = settings.errors().logGroup().map(group -> settings.resources().stream());
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
    Position first = Position.endOf(newest);
    for (Layer layer : layersOf(name)) {
      Checkpoint checkpoint = checkpoint(layer, new ShardId(name, created, shard));
      if (!checkpoint.finished() && checkpoint.delivered().compareTo(first) < 0) {
        first = checkpoint.delivered();
      }
    }
    return first.equals(Position.endOf(newest))
        ? Optional.empty()
        : Optional.of(first.sequenceNumber());
  }

  private List<Layer> layersOf(String name) {
    List<Layer> reading = new ArrayList<>(layers);
    errors.filter(name::equals).ifPresent(logs -> reading.add(Layer.ERRORS));
    return reading;
  }

  private Checkpoint checkpoint(Layer layer, ShardId shard) throws IOException {
    Path document = state.resolve(CheckpointStore.key(layer, shard));
    try {
      return CheckpointStore.read(Files.readAllBytes(document), Instant.EPOCH);
    } catch (NoSuchFileException none) {
      return Checkpoint.NONE;
    }
  }

  @Override
  public Duration lookBack() {
    return lookBack;
  }
}

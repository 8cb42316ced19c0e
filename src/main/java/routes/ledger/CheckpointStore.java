package routes.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import routes.signal.Layer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A layer's checkpoint documents in the state bucket: {@code
 * checkpoints/<stream>/<created>/<shard>.json}, with the layer's name before the stream's where it
 * is not the raw one. Thread-safe. What S3 answers with, or fails to, reaches the caller.
 */
public final class CheckpointStore implements Checkpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final S3Client s3;
  private final String bucket;
  private final Layer layer;
  private final SettingsGuard guard;

  public CheckpointStore(S3Client s3, String bucket, Layer layer, SettingsGuard guard) {
    this.s3 = s3;
    this.bucket = bucket;
    this.layer = layer;
    this.guard = guard;
  }

  @Override
  public Checkpoint load(ShardId shard) {
    byte[] document;
    try {
      document =
          s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(layer, shard))).asByteArray();
    } catch (NoSuchKeyException none) {
      return Checkpoint.NONE;
    }
    try {
      CheckpointDocument found = JSON.readValue(document, CheckpointDocument.class);
      guard.check(shard, found);
      return found.toCheckpoint();
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "The checkpoint s3://%s/%s cannot be read: %s. Restore an earlier version of it, or delete it to read the shard again from its oldest record."
              .formatted(bucket, key(layer, shard), unreadable.getMessage()),
          unreadable);
    }
  }

  @Override
  public void save(ShardId shard, Checkpoint checkpoint, boolean clean) {
    byte[] document;
    try {
      document = JSON.writeValueAsBytes(CheckpointDocument.of(checkpoint, guard.settings(), clean));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
    s3.putObject(
        put -> put.bucket(bucket).key(key(layer, shard)).contentType("application/json"),
        RequestBody.fromBytes(document));
  }

  /**
   * A document's checkpoint, whatever settings it was written under.
   *
   * @throws IOException when it cannot be read
   */
  public static Checkpoint read(byte[] document) throws IOException {
    return JSON.readValue(document, CheckpointDocument.class).toCheckpoint();
  }

  /** Where in the state bucket a layer's document of the shard lies. */
  public static String key(Layer layer, ShardId shard) {
    return "checkpoints/" + (layer == Layer.RAW ? "" : layer.word() + "/") + shard + ".json";
  }
}

package routes.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The checkpoint documents in the state bucket: {@code
 * checkpoints/<stream>/<created>/<shard>.json}. Thread-safe. What S3 answers with, or fails to,
 * reaches the caller.
 */
public final class CheckpointStore {

  private final S3Client s3;
  private final String bucket;
  private final ObjectMapper json = new ObjectMapper();

  public CheckpointStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The shard's checkpoint, or {@link Checkpoint#NONE} where none was ever written. */
  public Checkpoint load(ShardId shard) {
    byte[] document;
    try {
      document = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(shard))).asByteArray();
    } catch (NoSuchKeyException none) {
      return Checkpoint.NONE;
    }
    try {
      return json.readValue(document, CheckpointDocument.class).toCheckpoint();
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalStateException(
          "The checkpoint s3://%s/%s cannot be read: %s. Restore an earlier version of it, or delete it to read the shard again from its oldest record."
              .formatted(bucket, key(shard), unreadable.getMessage()),
          unreadable);
    }
  }

  public void save(ShardId shard, Checkpoint checkpoint) {
    byte[] document;
    try {
      document = json.writeValueAsBytes(CheckpointDocument.of(checkpoint));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
    s3.putObject(
        put -> put.bucket(bucket).key(key(shard)).contentType("application/json"),
        RequestBody.fromBytes(document));
  }

  private static String key(ShardId shard) {
    return "checkpoints/" + shard + ".json";
  }
}

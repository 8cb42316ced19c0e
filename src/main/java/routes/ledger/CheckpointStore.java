package routes.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.Bytes;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import routes.signal.Layer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A layer's checkpoint documents in the state bucket: {@code
 * checkpoints/<stream>/<created>/<shard>.json}, with the layer's name before the stream's where it
 * is not the raw one. What was counted follows in a second line, where earlier versions do not
 * look. What S3 answers with, or fails to, reaches the caller.
 */
@ThreadSafe
public final class CheckpointStore implements Checkpoints {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NEWLINE = {'\n'};
  private static final String SUFFIX = ".json";

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
    ResponseBytes<GetObjectResponse> document;
    try {
      document = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(layer, shard)));
    } catch (NoSuchKeyException none) {
      return Checkpoint.NONE;
    }
    try {
      byte[] found = document.asByteArray();
      guard.check(shard, JSON.readValue(found, CheckpointDocument.class));
      return read(found, document.response().lastModified());
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "The checkpoint s3://%s/%s cannot be read: %s. Restore an earlier version of it, or delete it to read the shard again from its oldest record."
              .formatted(bucket, key(layer, shard), unreadable.getMessage()),
          unreadable);
    }
  }

  @Override
  public void save(ShardId shard, Checkpoint checkpoint, boolean clean) {
    s3.putObject(
        put -> put.bucket(bucket).key(key(layer, shard)).contentType("application/json"),
        RequestBody.fromBytes(write(checkpoint, guard.settings(), clean)));
  }

  static byte[] write(Checkpoint checkpoint, Map<String, String> settings, boolean clean) {
    try {
      return Bytes.concat(
          JSON.writeValueAsBytes(CheckpointDocument.of(checkpoint, settings, clean)),
          NEWLINE,
          JSON.writeValueAsBytes(checkpoint.account()));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The checkpoints of all shards of a stream, whatever settings they were written under.
   *
   * @param since those that were written then or later
   * @throws IllegalStateException when one cannot be read
   */
  public static Map<ShardId, Checkpoint> loadAll(
      S3Client s3, String bucket, Layer layer, String stream, Instant since) {
    String folder = folder(layer);
    Map<ShardId, Checkpoint> checkpoints = new HashMap<>();
    for (S3Object document :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder + stream + "/"))
            .contents()) {
      String key = document.key();
      Optional<ShardId> shard =
          key.endsWith(SUFFIX)
              ? ShardId.parse(key.substring(folder.length(), key.length() - SUFFIX.length()))
              : Optional.empty();
      if (shard.isPresent() && !document.lastModified().isBefore(since)) {
        ResponseBytes<GetObjectResponse> found =
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
        try {
          checkpoints.put(shard.get(), read(found.asByteArray(), found.response().lastModified()));
        } catch (IOException unreadable) {
          throw new IllegalStateException(
              "The checkpoint s3://%s/%s cannot be read: %s"
                  .formatted(bucket, key, unreadable.getMessage()),
              unreadable);
        }
      }
    }
    return checkpoints;
  }

  /**
   * A document's checkpoint, whatever settings it was written under.
   *
   * @param written when; where it has no account, one may begin with the hour after that
   * @throws IOException when it cannot be read
   */
  public static Checkpoint read(byte[] document, Instant written) throws IOException {
    try (MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(document)) {
      CheckpointDocument checkpoint = JSON.treeToValue(lines.next(), CheckpointDocument.class);
      Account account =
          lines.hasNext()
              ? JSON.treeToValue(lines.next(), Account.class)
              : Account.after(Arrivals.hour(written));
      return checkpoint.toCheckpoint(account);
    }
  }

  /** Where in the state bucket a layer's document of the shard lies. */
  public static String key(Layer layer, ShardId shard) {
    return folder(layer) + shard + SUFFIX;
  }

  private static String folder(Layer layer) {
    return "checkpoints/" + (layer == Layer.RAW ? "" : layer.word() + "/");
  }
}

package routes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What happens when a batch's object exists already, because this worker's own put was answered too
 * late, an earlier run crashed, or another worker has the shard too: the object is taken for
 * delivered as far as it goes, and the rest is cut again from there. Thread-safe.
 */
public final class Adoption {

  /** How far the clocks of Kinesis and S3 may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  private final S3Client s3;
  private final LakeObjects objects;
  private final ObjectChains chains;

  public Adoption(S3Client s3, LakeObjects objects, ObjectChains chains) {
    this.s3 = s3;
    this.objects = objects;
    this.chains = chains;
  }

  /**
   * Looks for what an earlier run has left, before this run puts a group's first object. That may
   * be the same object under another suffix, as the suffix shows the compression; or, when nobody
   * knows any more how far the shard is delivered, any object of the group.
   *
   * @return up to where what is there goes, or null when there is nothing
   */
  public @Nullable Position lookUp(Batch batch) {
    if (!batch.ledger().isNew(batch.group())) {
      return null;
    }
    String prefix = isUncertain(batch) ? batch.group() + "/part-" : LakeObjects.stem(batch);
    String bucket = objects.bucket(batch);
    Instant oldest = batch.arrival().minus(CLOCK_SKEW);
    Optional<Position> last =
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
            .filter(object -> !object.lastModified().isBefore(oldest))
            .map(S3Object::key)
            .flatMap(key -> lastOf(batch, key).stream())
            .max(Position::compareTo);
    batch.ledger().know(batch.group());
    return last.orElse(null);
  }

  /**
   * Takes the object for delivered that is there in place of this batch's.
   *
   * @return what to put next in the batch's group, or null when nothing is left
   */
  public @Nullable Batch adopt(Batch batch) {
    String key = objects.key(batch);
    Position last =
        lastOf(batch, key)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "s3://%s/%s was not written from shard %s: its metadata do not say so. Move it away; delivery of its group waits."
                            .formatted(objects.bucket(batch), key, batch.shard())));
    return chains.adopted(batch, last);
  }

  private static boolean isUncertain(Batch batch) {
    Instant until = batch.ledger().uncertainUntil();
    return until != null && !batch.arrival().isAfter(until.plus(CLOCK_SKEW));
  }

  /** Up to where an object goes, if it was written from the batch's shard. */
  private Optional<Position> lastOf(Batch batch, String key) {
    Map<String, String> metadata =
        s3.headObject(head -> head.bucket(objects.bucket(batch)).key(key)).metadata();
    return ObjectOrigin.lastOf(batch.shard(), metadata);
  }
}

package routes.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What happens when an object exists already, because this worker's own put was answered too late,
 * an earlier run crashed, or another worker has the shard too: what is there counts as delivered as
 * far as it goes, and its group is resumed from there. Thread-safe.
 */
public final class Resume {

  /** How far the clocks of Kinesis and S3 may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  private final S3Client s3;
  private final GroupSequencer sequencer;

  public Resume(S3Client s3, GroupSequencer sequencer) {
    this.s3 = s3;
    this.sequencer = sequencer;
  }

  /**
   * Whether the object is to be put. Before this run puts a group's first object, it looks for what
   * an earlier run has left, and resumes after that. This may be the same object under another
   * suffix, as the suffix shows the compression; or, when nobody knows any more how far the shard
   * is delivered, any object of the group.
   */
  public boolean isAbsent(LakeObject object) {
    Batch batch = object.batch();
    if (!batch.ledger().isNew(batch.group())) {
      return true;
    }
    String prefix = isUncertain(batch) ? batch.group() + "/part-" : object.stem();
    Instant oldest = batch.arrival().minus(CLOCK_SKEW);
    Optional<Position> last =
        s3
            .listObjectsV2Paginator(list -> list.bucket(object.bucket()).prefix(prefix))
            .contents()
            .stream()
            .filter(there -> !there.lastModified().isBefore(oldest))
            .map(S3Object::key)
            .flatMap(key -> lastOf(object, key).stream())
            .max(Position::compareTo);
    batch.ledger().know(batch.group());
    last.ifPresent(position -> sequencer.resume(batch, position));
    return last.isEmpty();
  }

  /** Resumes after the object that is there in place of this one. */
  public void after(LakeObject object) {
    Position last =
        lastOf(object, object.key())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "s3://%s/%s was not written from shard %s: its metadata do not say so. Move it away; delivery of its group waits."
                            .formatted(object.bucket(), object.key(), object.batch().shard())));
    sequencer.resume(object.batch(), last);
  }

  private static boolean isUncertain(Batch batch) {
    Instant until = batch.ledger().uncertainUntil();
    return until != null && !batch.arrival().isAfter(until.plus(CLOCK_SKEW));
  }

  /** Up to where an object goes, if it was written from the same shard. */
  private Optional<Position> lastOf(LakeObject object, String key) {
    Map<String, String> metadata =
        s3.headObject(head -> head.bucket(object.bucket()).key(key)).metadata();
    return ObjectOrigin.lastOf(object.batch().shard(), metadata);
  }
}

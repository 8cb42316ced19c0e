package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import routes.ledger.AccountedObject;
import routes.ledger.Arrivals;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import routes.partition.ObjectName;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What happens when an object exists already, because this worker's own put was answered too late,
 * an earlier run crashed, or another worker has the shard too: what is there counts as delivered as
 * far as it goes, and its group is resumed from there.
 */
@ThreadSafe
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
  public boolean isAbsent(NewObject object) {
    Batch batch = object.batch();
    if (!batch.ledger().isNew(batch.group())) {
      return true;
    }
    String prefix = isUncertain(batch) ? batch.group() + "/part-" : object.stem();
    Instant oldest = batch.arrival().minus(CLOCK_SKEW);
    Optional<Found> found =
        s3
            .listObjectsV2Paginator(list -> list.bucket(object.bucket()).prefix(prefix))
            .contents()
            .stream()
            .filter(there -> !there.lastModified().isBefore(oldest))
            .map(S3Object::key)
            .flatMap(key -> find(object, key).stream())
            .reduce(Found::and);
    batch.ledger().know(batch.group());
    found.ifPresent(there -> sequencer.resume(batch, there.last(), there.objects()));
    return found.isEmpty();
  }

  /** Resumes after the object that is there in place of this one. */
  public void after(NewObject object) {
    Found found =
        find(object, object.key())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "s3://%s/%s was not written from shard %s: its metadata do not say so. Move it away; delivery of its group waits."
                            .formatted(object.bucket(), object.key(), object.batch().shard())));
    sequencer.resume(object.batch(), found.last(), found.objects());
  }

  private static boolean isUncertain(Batch batch) {
    Instant until = batch.ledger().uncertainUntil();
    return until != null && !batch.arrival().isAfter(until.plus(CLOCK_SKEW));
  }

  /** What is there under a key, if it was written from the same shard. */
  private Optional<Found> find(NewObject object, String key) {
    HeadObjectResponse there = s3.headObject(head -> head.bucket(object.bucket()).key(key));
    return ObjectOrigin.lastOf(object.batch().shard(), there.metadata())
        .map(last -> new Found(last, accounted(object.batch(), key, there, last)));
  }

  /** How it counts, if it was not counted yet; empty where that cannot be told. */
  private static Optional<List<AccountedObject>> accounted(
      Batch batch, String key, HeadObjectResponse there, Position last) {
    if (!last.isAfter(batch.ledger().deliveredTo(batch.group()))) {
      return Optional.of(List.of());
    }
    Optional<UUID> name = ObjectName.uuidOf(key);
    Optional<Arrivals> arrivals = Arrivals.of(there.metadata());
    boolean inChain =
        ObjectOrigin.of(there.metadata())
            .filter(origin -> !batch.first().isAfter(origin.first()))
            .isPresent();
    return inChain && name.isPresent() && arrivals.isPresent()
        ? Optional.of(
            List.of(
                new AccountedObject(
                    batch.partition().epochHour(),
                    name.get(),
                    there.contentLength(),
                    arrivals.get())))
        : Optional.empty();
  }

  /**
   * Objects of a group that are in the lake already.
   *
   * @param last up to where they go
   * @param objects how they count; empty where their metadata do not say, or where one begins
   *     before what is still to be delivered
   */
  private record Found(Position last, Optional<List<AccountedObject>> objects) {

    Found and(Found more) {
      return new Found(
          Position.latest(last, more.last),
          objects.flatMap(
              these ->
                  more.objects.map(
                      those -> Stream.concat(these.stream(), those.stream()).toList())));
    }
  }
}

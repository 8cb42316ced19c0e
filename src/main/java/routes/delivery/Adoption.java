package routes.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.ledger.Position;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What happens when a batch's object exists already, because this worker's own put was answered too
 * late, an earlier run crashed, or another worker has the shard too: the object is taken for
 * delivered as far as it goes, and the rest is cut again from there. Thread-safe.
 */
public final class Adoption {

  private final S3Client s3;
  private final String bucket;
  private final LakeObjects objects;
  private final ObjectChains chains;

  public Adoption(S3Client s3, String bucket, LakeObjects objects, ObjectChains chains) {
    this.s3 = s3;
    this.bucket = bucket;
    this.objects = objects;
    this.chains = chains;
  }

  /** Answers what to put next in the batch's group, or null when nothing is left. */
  public @Nullable Batch adopt(Batch batch) {
    String key = objects.key(batch);
    Map<String, String> metadata = s3.headObject(head -> head.bucket(bucket).key(key)).metadata();
    String sequenceNumber = metadata.get(LakeObjects.LAST_SEQUENCE_NUMBER);
    String index = metadata.get(LakeObjects.LAST_INDEX);
    if (sequenceNumber == null || index == null) {
      throw new IllegalStateException(
          "s3://%s/%s was not written by this program: it lacks the metadata %s. Move it away; delivery of its group waits."
              .formatted(bucket, key, LakeObjects.LAST_SEQUENCE_NUMBER));
    }
    return chains.deliveredTo(batch, new Position(sequenceNumber, Integer.parseInt(index)));
  }
}

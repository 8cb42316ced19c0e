package routes.dashboard.lake;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.partition.Partition;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An object in a partition. */
record LakeObject(Partition partition, String key, long bytes, Instant modified) {

  /** Empty for what lies elsewhere in the bucket. */
  static Optional<LakeObject> of(S3Object object) {
    Partition partition = partition(object.key());
    return partition == null
        ? Optional.empty()
        : Optional.of(
            new LakeObject(partition, object.key(), object.size(), object.lastModified()));
  }

  private static @Nullable Partition partition(String key) {
    try {
      return Partition.parse(key.substring(0, Math.max(0, key.lastIndexOf('/'))));
    } catch (IllegalArgumentException elsewhere) {
      return null;
    }
  }
}

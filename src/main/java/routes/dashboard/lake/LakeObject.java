package routes.dashboard.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.partition.Partition;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An object in a partition. */
record LakeObject(Partition partition, String key, long bytes, Instant modified) {

  /** Those put last. */
  static final Comparator<LakeObject> NEWEST_FIRST =
      Comparator.comparing(LakeObject::modified).reversed();

  private static final Duration HOUR = Duration.ofHours(1);

  /** Those first whose records are likely of about that time. */
  static Comparator<LakeObject> nearest(Instant time) {
    return Comparator.comparing(object -> Duration.between(time, object.about()).abs());
  }

  /** About when its newest records are: when it was put, within its hour. */
  Instant about() {
    Instant hour = partition.hour();
    Instant end = hour.plus(HOUR).minusSeconds(1);
    return modified.isBefore(hour) ? hour : modified.isAfter(end) ? end : modified;
  }

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

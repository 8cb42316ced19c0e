package routes.dashboard.lake;

import java.time.Instant;
import routes.partition.Partition;

/**
 * A partition, counted.
 *
 * @param hour when it begins
 * @param small how many of its objects are small
 * @param modified when its last object was put
 */
record PartitionView(
    String path,
    String service,
    Instant hour,
    long objects,
    long bytes,
    long small,
    Instant modified) {

  /** Below it, opening an object costs a query more than reading it. */
  static final long SMALL_BYTES = 1 << 20;

  static PartitionView of(LakeObject object) {
    Partition partition = object.partition();
    return new PartitionView(
        partition.path(),
        partition.service(),
        partition.hour(),
        1,
        object.bytes(),
        object.bytes() < SMALL_BYTES ? 1 : 0,
        object.modified());
  }

  /** Both counts of one partition together. */
  PartitionView plus(PartitionView more) {
    return new PartitionView(
        path,
        service,
        hour,
        objects + more.objects,
        bytes + more.bytes,
        small + more.small,
        modified.isAfter(more.modified) ? modified : more.modified);
  }
}

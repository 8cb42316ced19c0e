package routes.dashboard.lake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import routes.partition.Partition;

/** Counts the objects of partitions, until there are enough. For one thread. */
final class PartitionCounts implements LakeListing.Visitor {

  /**
   * Twenty calls of S3; a partition that was begun is counted to its end, up to five times that.
   */
  private static final long MAX_OBJECTS = 20_000;

  private static final long MAX_OBJECTS_OF_THE_LAST = 5 * MAX_OBJECTS;

  private final int maxPartitions;
  private final Map<Partition, PartitionView> counts = new LinkedHashMap<>();
  private long objects;
  private boolean full;

  PartitionCounts(int maxPartitions) {
    this.maxPartitions = maxPartitions;
  }

  @Override
  public boolean visit(LakeObject object) {
    return add(PartitionView.of(object), object.partition());
  }

  /** Adds what was counted of partitions that follow; false when there is enough. */
  boolean add(PartitionCounts more) {
    more.counts.forEach((partition, counted) -> add(counted, partition));
    full |= more.full;
    return !full;
  }

  private boolean add(PartitionView counted, Partition partition) {
    full =
        full
            || (counts.containsKey(partition)
                ? objects >= MAX_OBJECTS_OF_THE_LAST
                : objects >= MAX_OBJECTS || counts.size() == maxPartitions);
    if (!full) {
      counts.merge(partition, counted, PartitionView::plus);
      objects += counted.objects();
    }
    return !full;
  }

  List<PartitionView> counts() {
    return List.copyOf(counts.values());
  }

  /** The last partition counted, if there are more. */
  Optional<Partition> next() {
    List<Partition> all = new ArrayList<>(counts.keySet());
    return full ? Optional.of(all.get(all.size() - 1)) : Optional.empty();
  }
}

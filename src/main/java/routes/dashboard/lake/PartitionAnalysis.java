package routes.dashboard.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.partition.Partition;

/**
 * Partitions in order, and what they come to.
 *
 * @param small how many objects have less than {@code smallBytes}
 * @param gaps where hours are missing, the first hundred
 * @param gapCount how many gaps there are
 * @param missingHours how many hours they have together
 * @param newestHour the last hour that has records; null without any
 * @param delivered when the last object was put; null without any
 */
record PartitionAnalysis(
    List<PartitionView> items,
    long objects,
    long bytes,
    long small,
    long smallBytes,
    List<Gap> gaps,
    long gapCount,
    long missingHours,
    @Nullable Instant newestHour,
    @Nullable Instant delivered,
    @Nullable String next) {

  private static final int SHOWN_GAPS = 100;

  /**
   * Hours without an object between two that have some.
   *
   * @param from the first of them
   */
  record Gap(String service, Instant from, long hours) {}

  /**
   * Of a page.
   *
   * @param before the last partition of the page before
   */
  static PartitionAnalysis of(
      List<PartitionView> items, Optional<Partition> before, Optional<Partition> next) {
    List<Gap> gaps = gaps(items, before);
    return new PartitionAnalysis(
        items,
        items.stream().mapToLong(PartitionView::objects).sum(),
        items.stream().mapToLong(PartitionView::bytes).sum(),
        items.stream().mapToLong(PartitionView::small).sum(),
        PartitionView.SMALL_BYTES,
        gaps.stream().limit(SHOWN_GAPS).toList(),
        gaps.size(),
        gaps.stream().mapToLong(Gap::hours).sum(),
        items.stream().map(PartitionView::hour).max(Instant::compareTo).orElse(null),
        items.stream().map(PartitionView::modified).max(Instant::compareTo).orElse(null),
        next.map(Partition::path).orElse(null));
  }

  private static List<Gap> gaps(List<PartitionView> items, Optional<Partition> before) {
    List<Gap> gaps = new ArrayList<>();
    String service = before.map(Partition::service).orElse("");
    Instant last = before.map(Partition::hour).orElse(Instant.EPOCH);
    for (PartitionView item : items) {
      long missing = Duration.between(last, item.hour()).toHours() - 1;
      if (Objects.equals(service, item.service()) && missing > 0) {
        gaps.add(new Gap(service, last.plus(Duration.ofHours(1)), missing));
      }
      service = item.service();
      last = item.hour();
    }
    return gaps;
  }
}

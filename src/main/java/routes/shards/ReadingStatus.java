package routes.shards;

import java.util.ArrayList;
import java.util.List;

/**
 * What one process is doing to read a stream.
 *
 * @param shards those it reads
 * @param failing what it tries beside reading, such as listing shards, and has not managed yet
 */
public record ReadingStatus(List<ShardStatus> shards, List<Attempt> failing) {

  static ReadingStatus of(List<ReadingStatus> consumers) {
    List<ShardStatus> shards = new ArrayList<>();
    List<Attempt> failing = new ArrayList<>();
    for (ReadingStatus consumer : consumers) {
      shards.addAll(consumer.shards());
      failing.addAll(consumer.failing());
    }
    return new ReadingStatus(shards, failing);
  }
}

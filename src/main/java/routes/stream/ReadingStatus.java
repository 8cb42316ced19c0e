package routes.stream;

import java.util.List;
import java.util.function.Function;
import routes.retry.Attempt;

/**
 * What one process is doing to read a stream.
 *
 * @param shards those it reads
 * @param unread those of a stream that is shared, while this process reads none of it
 * @param waiting names of shards that it will read once those they came from are delivered
 * @param failing what it tries beside reading, such as listing shards, and has not managed yet
 * @param gaps where records were dropped before they were delivered, the latest first
 */
public record ReadingStatus(
    List<ShardStatus> shards,
    List<ShardStatus> unread,
    List<String> waiting,
    List<Attempt> failing,
    List<Gap> gaps) {

  /** Nothing is read. */
  public static final ReadingStatus NONE =
      new ReadingStatus(List.of(), List.of(), List.of(), List.of(), List.of());

  /** What several consumers do together. */
  public static ReadingStatus of(List<ReadingStatus> consumers, List<Gap> gaps) {
    return new ReadingStatus(
        all(consumers, ReadingStatus::shards),
        all(consumers, ReadingStatus::unread),
        all(consumers, ReadingStatus::waiting),
        all(consumers, ReadingStatus::failing),
        gaps);
  }

  private static <T> List<T> all(
      List<ReadingStatus> consumers, Function<ReadingStatus, List<T>> part) {
    return consumers.stream().flatMap(consumer -> part.apply(consumer).stream()).toList();
  }
}

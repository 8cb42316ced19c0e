package routes.dashboard.lake;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.record.LogRecord;

/** What comes onto the streams. */
@FunctionalInterface
public interface Incoming {

  /**
   * Follows the stream that is delivered to a bucket, from some seconds ago on.
   *
   * @throws routes.http.HttpProblem when there is none
   */
  Following follow(String bucket);

  /** For one thread, which closes it in the end. */
  interface Following extends AutoCloseable {

    /** What came since this was asked last; empty when nothing did so long. */
    Optional<Came> next(Duration patience) throws InterruptedException;

    @Override
    void close();
  }

  /**
   * Records in the order of each shard.
   *
   * @param lost how many before them could not be kept, as too many came at once or who follows is
   *     too slow
   * @param behindMillis how far before the newest record of its shard this ends, at most
   * @param shardsLeftOut how many open shards are not followed
   * @param failure why nothing comes any more; null while something may
   */
  record Came(
      List<LogRecord> records,
      int lost,
      long behindMillis,
      int shardsLeftOut,
      @Nullable String failure) {

    static final Came NOTHING = new Came(List.of(), 0, 0, 0, null);

    /** The same after some more that were lost. */
    public Came after(int more) {
      return new Came(records, lost + more, behindMillis, shardsLeftOut, failure);
    }
  }
}

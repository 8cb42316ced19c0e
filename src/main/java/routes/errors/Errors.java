package routes.errors;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import routes.json.ByteSlice;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.record.LevelReader;
import routes.signal.Level;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;

/** Finds the records that tell of trouble. */
@ThreadSafe
public final class Errors {

  private final LevelReader levels;
  private final InstantSource clock;

  /** By the window of copies, which is each reader's own and goes when the reader does. */
  private final Map<DuplicateWindow, ShardEvents> readers =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param clock the time of day
   */
  Errors(LevelReader levels, InstantSource clock) {
    this.levels = levels;
    this.clock = clock;
  }

  /**
   * What is at least that bad in a part of a read, less the copies, as calls that put it. Asked
   * again for the same part, those that are left.
   */
  public List<EventCall> atLeast(StreamRead read, Level level) {
    ShardEvents shard =
        readers.computeIfAbsent(
            read.window(), reader -> new ShardEvents(logStream(read.shard()), clock.instant()));
    if (!shard.isUnderWay(read)) {
      List<StreamRecord> bad =
          read.withoutCopies().stream()
              .filter(record -> isAtLeast(record.record().line(), level))
              .toList();
      shard.begin(read, bad);
    }
    return shard.left();
  }

  /** The shard's log stream. */
  static String logStream(ShardId shard) {
    return shard.stream() + "/" + shard.shard();
  }

  private boolean isAtLeast(ByteSlice line, Level level) {
    return levels.read(line).filter(found -> found.compareTo(level) >= 0).isPresent();
  }
}

package routes.local.kinesis;

import org.jspecify.annotations.Nullable;

/**
 * A shard as it is between two reshardings: what is remembered of it, its records, its throttle.
 */
final class Shard {

  private final ShardInfo info;
  private final String id;
  private final SequenceNumbers sequenceNumbers;
  private final ShardLog log;
  private final Throttle throttle;

  Shard(ShardInfo info, ShardLog log, Throttle throttle) {
    this.info = info;
    this.id = ShardInfo.id(info.number());
    this.sequenceNumbers = new SequenceNumbers(info.created(), info.number());
    this.log = log;
    this.throttle = throttle;
  }

  /** The same shard after it was closed. */
  Shard closed(ShardInfo closedInfo) {
    return new Shard(closedInfo, log, throttle);
  }

  String id() {
    return id;
  }

  ShardInfo info() {
    return info;
  }

  HashKeyRange range() {
    return new HashKeyRange(info.startingHashKey(), info.endingHashKey());
  }

  SequenceNumbers sequenceNumbers() {
    return sequenceNumbers;
  }

  ShardLog log() {
    return log;
  }

  /** The records on disk. */
  Segments segments() {
    return log.segments();
  }

  Throttle throttle() {
    return throttle;
  }

  boolean isOpen() {
    return info.closed() == null;
  }

  /** Whether the shard took records at this epoch millisecond. */
  boolean wasOpenAt(long millis) {
    return info.created() <= millis && wasOpenAfter(millis);
  }

  /** Whether the shard takes records or did so after this epoch millisecond. */
  boolean wasOpenAfter(long millis) {
    Long closed = info.closed();
    return closed == null || closed > millis;
  }

  boolean isChildOf(Shard other) {
    return isNumber(info.parent(), other) || isNumber(info.adjacentParent(), other);
  }

  private static boolean isNumber(@Nullable Integer number, Shard shard) {
    return number != null && number == shard.info.number();
  }
}

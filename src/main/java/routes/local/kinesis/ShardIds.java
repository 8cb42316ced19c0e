package routes.local.kinesis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds shards by their ids; AWS takes {@code shardId-3} for {@code shardId-000000000003} too. */
final class ShardIds {

  private static final Pattern ID = Pattern.compile("(?:shardId-)?0*(\\d{1,9})");

  private ShardIds() {}

  static Shard find(Stream stream, String shardId) {
    return stream
        .shard(number(stream, shardId))
        .orElseThrow(() -> KinesisException.shardNotFound(shardId, stream.name()));
  }

  /** The number in a shard's id, whether or not there is such a shard. */
  static int number(Stream stream, String shardId) {
    Matcher matcher = ID.matcher(shardId);
    if (!matcher.matches()) {
      throw KinesisException.shardNotFound(shardId, stream.name());
    }
    return Integer.parseInt(matcher.group(1));
  }
}

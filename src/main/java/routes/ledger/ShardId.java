package routes.ledger;

import com.google.common.base.Splitter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One shard of one incarnation of a stream: a stream that was deleted and created again under the
 * same name is another stream.
 *
 * @param created when the stream was created, to the millisecond
 */
public record ShardId(String stream, Instant created, String shard) {

  /** The inverse of {@link #toString()}, or empty where it is no shard's. */
  public static Optional<ShardId> parse(String text) {
    List<String> parts = Splitter.on('/').splitToList(text);
    if (parts.size() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ShardId(
              parts.get(0), Instant.ofEpochMilli(Long.parseLong(parts.get(1))), parts.get(2)));
    } catch (NumberFormatException noTime) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return stream + "/" + created.toEpochMilli() + "/" + shard;
  }
}

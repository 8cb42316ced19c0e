package routes.dashboard.lake;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import routes.json.ByteSlice;

/**
 * The lines that were found on the stream, of which some are found again in the lake. Thread-safe.
 */
final class Overlap {

  private final Map<HashCode, Integer> lines = new ConcurrentHashMap<>();

  void add(ByteSlice line) {
    lines.merge(hash(line), 1, Integer::sum);
  }

  /** Whether the line is one of them; each counts once. */
  boolean take(ByteSlice line) {
    if (lines.isEmpty()) {
      return false;
    }
    boolean[] taken = {false};
    lines.computeIfPresent(
        hash(line),
        (hash, left) -> {
          taken[0] = true;
          return left == 1 ? null : left - 1;
        });
    return taken[0];
  }

  private static HashCode hash(ByteSlice line) {
    return Hashing.murmur3_128().hashBytes(line.array(), line.offset(), line.length());
  }
}

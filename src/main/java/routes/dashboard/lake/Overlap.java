package routes.dashboard.lake;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.errorprone.annotations.ThreadSafe;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import routes.json.ByteSlice;

/** The lines that were found on the stream, of which some are found again in the lake. */
@ThreadSafe
final class Overlap {

  private final Map<HashCode, Integer> lines = new ConcurrentHashMap<>();
  private final Set<Taken> taken = ConcurrentHashMap.newKeySet();

  /** A line that was found again in an object, which may be read more than once. */
  private record Taken(HashCode line, String key) {}

  void add(ByteSlice line) {
    lines.merge(hash(line), 1, Integer::sum);
  }

  /** Whether a line of an object is one of them; each is in one object. */
  boolean take(ByteSlice line, String key) {
    if (lines.isEmpty() && taken.isEmpty()) {
      return false;
    }
    Taken found = new Taken(hash(line), key);
    lines.computeIfPresent(
        found.line(),
        (hash, left) -> taken.add(found) ? (left == 1 ? null : Integer.valueOf(left - 1)) : left);
    return taken.contains(found);
  }

  private static HashCode hash(ByteSlice line) {
    return Hashing.murmur3_128().hashBytes(line.array(), line.offset(), line.length());
  }
}

package routes.kinesis.read;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.stream.Gap;

/** The gaps this process has come upon, each told once. */
@ThreadSafe
final class Gaps {

  private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);
  private static final int MAX_KEPT = 20;

  @GuardedBy("this")
  private final Deque<Gap> latest = new ArrayDeque<>();

  @GuardedBy("this")
  private long count;

  synchronized void report(Gap gap) {
    LOG.error("{}", gap);
    count++;
    latest.addFirst(gap);
    if (latest.size() > MAX_KEPT) {
      latest.removeLast();
    }
  }

  /** How many there were since the start. */
  synchronized long count() {
    return count;
  }

  /** The latest first. */
  synchronized List<Gap> latest() {
    return List.copyOf(latest);
  }
}

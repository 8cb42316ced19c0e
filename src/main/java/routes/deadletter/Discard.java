package routes.deadletter;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes dead letters that nobody wants back. Thread-safe. */
final class Discard {

  private static final Logger LOG = LoggerFactory.getLogger(Discard.class);

  private final DeadLetterQueue queue;
  private final ClaimChecks claimChecks;

  Discard(DeadLetterQueue queue, ClaimChecks claimChecks) {
    this.queue = queue;
    this.claimChecks = claimChecks;
  }

  /**
   * Discards letters.
   *
   * @param limit at most so many, at least 1
   */
  DiscardResult run(DeadLetterFilter filter, int limit) {
    Set<String> discarded = new HashSet<>();
    Set<Content.ClaimCheck> gone = new HashSet<>();
    int notRemoved = 0;
    String stopped = null;
    try (QueueScan scan = new QueueScan(queue, filter, limit)) {
      try {
        for (List<HeldLetter> next = scan.next(); !next.isEmpty(); next = scan.next()) {
          Set<HeldLetter.Receipt> left = scan.delete(next);
          notRemoved += left.size();
          for (HeldLetter message : next) {
            if (!left.contains(message.receipt())) {
              discarded.add(message.id());
              message.claimCheck().ifPresent(gone::add);
            }
          }
        }
      } catch (RuntimeException failure) {
        LOG.warn("A discard of dead letters stopped early", failure);
        stopped = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
      }
      claimChecks.delete(gone);
      return new DiscardResult(
          discarded.size(), notRemoved, scan.scanned(), scan.isComplete(), stopped);
    }
  }
}

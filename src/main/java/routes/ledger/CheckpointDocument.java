package routes.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form a checkpoint has in the state bucket.
 *
 * @param version tells forms apart
 * @param settings those that say which record belongs into which object, with their values then
 * @param clean whether the worker stopped in order, with nothing read that is not delivered
 */
record CheckpointDocument(
    int version,
    Map<String, String> settings,
    boolean clean,
    Position delivered,
    @Nullable Long arrivalMillis,
    Map<String, Position> beyond,
    @Nullable Long uncertainUntilMillis,
    boolean finished) {

  static final int VERSION = 1;

  static CheckpointDocument of(Checkpoint checkpoint, Map<String, String> settings, boolean clean) {
    return new CheckpointDocument(
        VERSION,
        settings,
        clean,
        checkpoint.delivered(),
        millis(checkpoint.arrival()),
        checkpoint.beyond(),
        millis(checkpoint.uncertainUntil()),
        checkpoint.finished());
  }

  Checkpoint toCheckpoint(Account account) {
    return new Checkpoint(
        delivered,
        instant(arrivalMillis),
        beyond,
        instant(uncertainUntilMillis),
        finished,
        account);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}

package routes.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form a checkpoint has in the state bucket; {@code version} tells forms apart. */
record CheckpointDocument(
    int version,
    Position delivered,
    @Nullable Long arrivalMillis,
    Map<String, Position> beyond,
    boolean finished) {

  private static final int VERSION = 1;

  static CheckpointDocument of(Checkpoint checkpoint) {
    return new CheckpointDocument(
        VERSION,
        checkpoint.delivered(),
        checkpoint.arrival() == null ? null : checkpoint.arrival().toEpochMilli(),
        checkpoint.beyond(),
        checkpoint.finished());
  }

  Checkpoint toCheckpoint() {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "it has version %d, this program knows version %d".formatted(version, VERSION));
    }
    Instant arrival = arrivalMillis == null ? null : Instant.ofEpochMilli(arrivalMillis);
    return new Checkpoint(delivered, arrival, beyond, finished);
  }
}

package routes.ledger;

import java.util.Map;

/** The form a checkpoint has in the state bucket; {@code version} tells forms apart. */
record CheckpointDocument(
    int version, Position delivered, Map<String, Position> beyond, boolean finished) {

  private static final int VERSION = 1;

  static CheckpointDocument of(Checkpoint checkpoint) {
    return new CheckpointDocument(
        VERSION, checkpoint.delivered(), checkpoint.beyond(), checkpoint.finished());
  }

  Checkpoint toCheckpoint() {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "it has version %d, this program knows version %d".formatted(version, VERSION));
    }
    return new Checkpoint(delivered, beyond, finished);
  }
}

package routes.ledger;

import java.util.Map;

/**
 * What a worker needs to go on with a shard without losing or repeating a record.
 *
 * @param delivered everything up to and including this position is delivered
 * @param beyond for each group of which more is delivered: its last delivered position
 * @param finished whether the shard is closed and delivered to its end
 */
public record Checkpoint(Position delivered, Map<String, Position> beyond, boolean finished) {

  /** Nothing is delivered yet. */
  public static final Checkpoint NONE = new Checkpoint(Position.START, Map.of(), false);

  public Checkpoint {
    beyond = Map.copyOf(beyond);
  }
}

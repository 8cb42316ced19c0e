package routes.ledger;

import java.time.Instant;

/**
 * One shard of one incarnation of a stream: a stream that was deleted and created again under the
 * same name is another stream.
 *
 * @param created when the stream was created, to the millisecond
 */
public record ShardId(String stream, Instant created, String shard) {

  @Override
  public String toString() {
    return stream + "/" + created.toEpochMilli() + "/" + shard;
  }
}

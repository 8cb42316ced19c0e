package routes.ledger;

/**
 * One shard of one incarnation of a stream: a stream that was deleted and created again under the
 * same name is another stream.
 *
 * @param created when the stream was created, milliseconds since 1970
 */
public record ShardId(String stream, long created, String shard) {

  @Override
  public String toString() {
    return stream + "/" + created + "/" + shard;
  }
}

package routes.kinesis.read;

import routes.ledger.ShardId;

/** A shard that can be read. */
record SourceShard(ShardId id, HashRange hashKeys) {

  @Override
  public String toString() {
    return id.toString();
  }
}

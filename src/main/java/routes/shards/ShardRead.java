package routes.shards;

import java.util.List;

/**
 * The outcome of one read.
 *
 * @param records in shard order, perhaps none
 * @param behind whether the shard holds more than was read
 * @param end whether the shard is closed and was read to its end
 */
record ShardRead(List<ShardRecord> records, boolean behind, boolean end) {

  ShardRecord first() {
    return records.get(0);
  }

  ShardRecord last() {
    return records.get(records.size() - 1);
  }
}

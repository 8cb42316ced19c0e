package routes.local.kinesis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which open shard takes a record. Immutable. */
final class Routing {

  private final List<Shard> shards;
  private final byte[][] starts;

  Routing(List<Shard> openShards) {
    shards =
        openShards.stream()
            .sorted(Comparator.comparing(shard -> shard.info().startingHashKey()))
            .toList();
    starts =
        shards.stream()
            .map(shard -> HashKeys.bytes(shard.info().startingHashKey()))
            .toArray(byte[][]::new);
  }

  /** The open shards in the order of their hash keys. */
  List<Shard> shards() {
    return shards;
  }

  Shard shardFor(PutEntry entry, HashKeys hashKeys) {
    if (shards.size() == 1) {
      return shards.get(0);
    }
    int found = Arrays.binarySearch(starts, entry.hashKey(hashKeys), Arrays::compareUnsigned);
    return shards.get(found >= 0 ? found : -found - 2);
  }
}

package routes.dashboard.streams;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The shards of a stream that take records now. */
final class OpenShards {

  private OpenShards() {}

  static List<String> of(KinesisClient kinesis, String stream) {
    List<String> open = new ArrayList<>();
    ListShardsResponse page = kinesis.listShards(list -> list.streamName(stream));
    while (true) {
      for (Shard shard : page.shards()) {
        if (shard.sequenceNumberRange().endingSequenceNumber() == null) {
          open.add(shard.shardId());
        }
      }
      String next = page.nextToken();
      if (next == null) {
        return open;
      }
      page = kinesis.listShards(list -> list.nextToken(next));
    }
  }
}

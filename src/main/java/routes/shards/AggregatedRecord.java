package routes.shards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import routes.aggregation.AggregatedFormat;
import routes.record.ByteSlice;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * A Kinesis record in which a producer gathered several.
 *
 * <p>The message is the client library's, the loop is not: on a damaged message the library's own
 * logs and goes on without the records behind the damage.
 */
final class AggregatedRecord {

  private AggregatedRecord() {}

  /**
   * The payloads in it; none when one of them belongs to another shard. That happens when a shard
   * is split or merged while they are on their way, and the producer, which is told where they
   * went, then sends all of them again.
   *
   * @throws IOException when it is damaged
   */
  static List<ByteSlice> payloads(byte[] data, HashRange shard) throws IOException {
    Messages.AggregatedRecord message = AggregatedFormat.records(data);
    List<ByteSlice> payloads = new ArrayList<>(message.getRecordsCount());
    try {
      for (Messages.Record record : message.getRecordsList()) {
        String partitionKey =
            message.getPartitionKeyTable(Math.toIntExact(record.getPartitionKeyIndex()));
        String hashKey =
            record.hasExplicitHashKeyIndex()
                ? message.getExplicitHashKeyTable(Math.toIntExact(record.getExplicitHashKeyIndex()))
                : null;
        if (!shard.takes(partitionKey, hashKey)) {
          return List.of();
        }
        payloads.add(ByteSlice.of(record.getData().toByteArray()));
      }
    } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException wrong) {
      throw new IOException("a record names no key of its table: " + wrong.getMessage(), wrong);
    }
    return payloads;
  }
}

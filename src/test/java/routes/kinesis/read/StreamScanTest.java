package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.envelope.EnvelopeReader;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

class StreamScanTest {

  @Test
  void what_kinesis_refuses_as_others_read_too_is_read_later() throws InterruptedException {
    StreamScan scan =
        new StreamScan(
            new BusyShard(),
            new EnvelopeReader(
                new RecordParser(
                    FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection)),
            "logs");
    List<String> seen = new ArrayList<>();

    scan.read(
        scan.shards().get(0),
        null,
        (position, arrival, result) -> seen.add(position.sequenceNumber()));

    assertThat(seen).containsExactly("1");
  }

  /** Refuses the first read. */
  private static final class BusyShard implements KinesisClient {

    private boolean refused;

    @Override
    public DescribeStreamSummaryResponse describeStreamSummary(
        DescribeStreamSummaryRequest request) {
      return DescribeStreamSummaryResponse.builder()
          .streamDescriptionSummary(
              summary -> summary.streamCreationTimestamp(Instant.EPOCH).retentionPeriodHours(24))
          .build();
    }

    @Override
    public ListShardsResponse listShards(ListShardsRequest request) {
      return ListShardsResponse.builder()
          .shards(
              Shard.builder()
                  .shardId("shardId-000000000000")
                  .hashKeyRange(
                      range ->
                          range
                              .startingHashKey("0")
                              .endingHashKey("340282366920938463463374607431768211455"))
                  .build())
          .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      return GetShardIteratorResponse.builder().shardIterator("1").build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      if (!refused) {
        refused = true;
        throw ProvisionedThroughputExceededException.builder().message("Slow down").build();
      }
      return GetRecordsResponse.builder()
          .records(
              Record.builder()
                  .sequenceNumber("1")
                  .partitionKey("key")
                  .approximateArrivalTimestamp(Instant.EPOCH)
                  .data(SdkBytes.fromUtf8String("{}"))
                  .build())
          .millisBehindLatest(0L)
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}

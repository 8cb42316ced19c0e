package routes.kinesis.publish;

import java.time.InstantSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisServiceClientConfiguration;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Has what Kinesis acknowledges counted, of streams that are called by their names. */
final class CountingKinesisClient implements KinesisClient {

  private final KinesisClient kinesis;
  private final ReceiptCounter receipts;
  private final InstantSource clock;

  CountingKinesisClient(KinesisClient kinesis, ReceiptCounter receipts, InstantSource clock) {
    this.kinesis = kinesis;
    this.receipts = receipts;
    this.clock = clock;
  }

  @Override
  public PutRecordsResponse putRecords(PutRecordsRequest request) {
    PutRecordsResponse response = kinesis.putRecords(request);
    if (request.streamName() != null) {
      receipts.count(request.streamName(), response.records(), clock.instant());
    }
    return response;
  }

  @Override
  public String serviceName() {
    return kinesis.serviceName();
  }

  @Override
  public KinesisServiceClientConfiguration serviceClientConfiguration() {
    return kinesis.serviceClientConfiguration();
  }

  @Override
  public void close() {
    kinesis.close();
  }
}

package routes.kinesis.publish;

import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.aws2.kinesis.Kinesis2Component;
import org.apache.camel.component.aws2.kinesis.Kinesis2Configuration;
import org.apache.camel.component.aws2.kinesis.Kinesis2Endpoint;
import org.apache.camel.component.aws2.kinesis.Kinesis2Producer;
import org.apache.camel.spi.annotations.Component;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * Camel's {@code aws2-kinesis}, whose endpoints take {@link KeyedRecords} as well: Camel's own put
 * the records of one partition key, which a header names, in one exchange.
 */
@Component("aws2-kinesis")
public final class KeyedRecordsComponent extends Kinesis2Component {

  private final int partRecords;

  /**
   * For endpoints whose client is a {@link PublishingKinesisClient}.
   *
   * @param tuning that of the client
   */
  public KeyedRecordsComponent(PublishTuning tuning) {
    this.partRecords = tuning.request().partRecords();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String stream, Map<String, Object> parameters)
      throws Exception {
    Kinesis2Configuration configuration = getConfiguration().copy();
    configuration.setStreamName(stream);
    Endpoint endpoint = new KeyedRecordsEndpoint(uri, configuration);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private final class KeyedRecordsEndpoint extends Kinesis2Endpoint {

    KeyedRecordsEndpoint(String uri, Kinesis2Configuration configuration) {
      super(uri, configuration, KeyedRecordsComponent.this);
    }

    @Override
    public Producer createProducer() {
      KeyedRecordsProducer producer = new KeyedRecordsProducer(this);
      producer.setConnection(getComponent().getConnection());
      return producer;
    }
  }

  private final class KeyedRecordsProducer extends Kinesis2Producer {

    KeyedRecordsProducer(Kinesis2Endpoint endpoint) {
      super(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
      if (exchange.getMessage().getBody() instanceof KeyedRecords records) {
        putAll(records);
      } else {
        super.process(exchange);
      }
    }

    private void putAll(KeyedRecords records) {
      int before = 0;
      for (List<PutRecordsRequestEntry> part : records.parts(partRecords)) {
        try {
          put(part);
        } catch (PublishException failure) {
          int after = records.size() - before - part.size();
          throw before + after == 0
              ? failure
              : failure.among(new Delivery(before + after, before, 0).and(failure.delivery()));
        }
        before += part.size();
      }
    }

    private void put(List<PutRecordsRequestEntry> records) {
      PutRecordsResponse response =
          getConnection()
              .getClient(getEndpoint())
              .putRecords(
                  PutRecordsRequest.builder()
                      .streamName(getEndpoint().getConfiguration().getStreamName())
                      .records(records)
                      .build());
      if (response.failedRecordCount() > 0) {
        throw new IllegalStateException(
            "%s of %s records are not on the stream"
                .formatted(response.failedRecordCount(), records.size()));
      }
    }
  }
}

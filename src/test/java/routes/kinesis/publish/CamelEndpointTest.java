package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class CamelEndpointTest {

  private final FakeKinesis kinesis = new FakeKinesis();
  private final CamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    PublishTuning settings =
        new PublishTuning(Duration.ZERO, 1, 1 << 20, 1 << 20, Duration.ofMinutes(1));
    camel.getRegistry().bind("publisher", new PublishingKinesisClient(kinesis, settings));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void the_endpoint_sends_a_part_of_keyed_records_through_it() {
    List<ByteBuffer> records = List.of(bytes("a"), bytes("b"));

    Exchange exchange = send(records);

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getHeader(Kinesis2Constants.RECORD_COUNT)).isEqualTo(2);
    assertThat(kinesis.sent()).containsExactly(List.of("a", "b"));
    assertThat(kinesis.requests().get(0).records())
        .extracting(PutRecordsRequestEntry::partitionKey)
        .containsOnly("checkout");
  }

  @Test
  void a_route_sees_the_exception_as_it_was_thrown() {
    kinesis.next(FakeKinesis.fail(ResourceNotFoundException.builder().build()));

    Exchange exchange = send(List.of(bytes("a")));

    assertThat(exchange.getException()).isInstanceOf(PublishRefusedException.class);
  }

  private Exchange send(List<ByteBuffer> records) {
    return camel
        .createProducerTemplate()
        .request(
            "aws2-kinesis:logs?amazonKinesisClient=#publisher",
            exchange -> {
              exchange.getMessage().setBody(records);
              exchange.getMessage().setHeader(Kinesis2Constants.PARTITION_KEY, "checkout");
            });
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  }
}

package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signal;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

class CamelEndpointTest {

  private final FakeKinesis kinesis = new FakeKinesis();
  private final CamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    PublishTuning settings =
        new PublishTuning(Duration.ZERO, 1, 1 << 20, 1 << 20, Duration.ofMinutes(1), false);
    camel.addComponent("aws2-kinesis", new KeyedRecordsComponent(settings));
    camel.getRegistry().bind("publisher", new PublishingKinesisClient(kinesis, settings));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void the_endpoint_puts_records_that_have_a_key_each() {
    Exchange exchange = send(keyed("a1", "b1", "a2"));

    assertThat(exchange.getException()).isNull();
    assertThat(kinesis.sent()).containsExactly(List.of("a1", "b1", "a2"));
    assertThat(kinesis.requests().get(0).records())
        .extracting(PutRecordsRequestEntry::partitionKey)
        .containsExactly("a", "b", "a");
  }

  @Test
  void the_endpoint_puts_what_it_puts_in_any_route_of_camel() {
    Exchange exchange = send(List.of(bytes("a"), bytes("b")));

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getHeader(Kinesis2Constants.RECORD_COUNT)).isEqualTo(2);
    assertThat(kinesis.sent()).containsExactly(List.of("a", "b"));
    assertThat(kinesis.requests().get(0).records())
        .extracting(PutRecordsRequestEntry::partitionKey)
        .containsOnly("checkout");
  }

  @Test
  void what_another_client_says_is_not_on_the_stream_fails_the_exchange() {
    kinesis.next(FakeKinesis.refuse("InternalFailure", Set.of("a1")));
    camel.getRegistry().bind("another", kinesis);

    assertThat(send("another", keyed("a1", "a2")).getException())
        .hasMessageContaining("1 of 2 records");
  }

  @Test
  void a_route_sees_the_exception_as_it_was_thrown() {
    kinesis.next(FakeKinesis.fail(ResourceNotFoundException.builder().build()));

    Exchange exchange = send(keyed("a1"));

    assertThat(exchange.getException()).isInstanceOf(PublishRefusedException.class);
  }

  @Test
  void what_goes_in_parts_is_told_of_as_a_whole() {
    String[] records = new String[12];
    Arrays.fill(records, "a".repeat(1_000_000));
    // Each is a part and a request.
    for (int answered = 0; answered < 6; answered++) {
      kinesis.next(kinesis::accept);
    }
    kinesis.next(FakeKinesis.fail(ResourceNotFoundException.builder().build()));

    Exception failure = send(keyed(records)).getException();

    assertThat(failure)
        .isInstanceOfSatisfying(
            PublishRefusedException.class,
            refused -> assertThat(refused.delivery()).isEqualTo(new Delivery(12, 6, 0)))
        .hasMessageContaining("of 12 records 6 are on the stream, 0 may be, 6 are not")
        .hasCauseInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void many_small_records_go_in_full_requests_in_their_order() {
    String[] records =
        IntStream.range(0, 1_100).mapToObj(i -> i % 7 + " " + i).toArray(String[]::new);

    Exchange exchange = send(keyed(records));

    assertThat(exchange.getException()).isNull();
    assertThat(kinesis.sent()).isEqualTo(Lists.partition(List.of(records), 500));
  }

  private Exchange send(Object records) {
    return send("publisher", records);
  }

  private Exchange send(String client, Object records) {
    return camel
        .createProducerTemplate()
        .request(
            "aws2-kinesis:logs?amazonKinesisClient=#" + client,
            exchange -> {
              exchange.getMessage().setBody(records);
              exchange.getMessage().setHeader(Kinesis2Constants.PARTITION_KEY, "checkout");
            });
  }

  private static KeyedRecords keyed(String... texts) {
    List<LogRecord> records =
        Stream.of(texts)
            .map(text -> new LogRecord(ByteSlice.utf8(text), text, Instant.EPOCH, text))
            .toList();
    return new KeyedRecords(Signal.LOGS, records, record -> record.service().substring(0, 1));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
  }
}

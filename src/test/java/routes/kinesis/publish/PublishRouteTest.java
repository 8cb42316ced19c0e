package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.RoutesUnderTest;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

class PublishRouteTest {

  private final List<String> published = Collections.synchronizedList(new ArrayList<>());
  private RoutesUnderTest routes;

  @BeforeEach
  void start() {
    routes =
        new RoutesUnderTest(Map.of("KINESIS_STREAM_NAME", "logs"), "publish")
            .bind("kinesis-publisher", new RecordingKinesis())
            .bind("partition-keys", new PartitionKeys(Map.of(), Signals.logsOnly("logs", "lake")))
            .bind(
                "aws2-kinesis", new KeyedRecordsComponent(PublishTuning.withBuffer(1 << 20, false)))
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void records_are_put_with_one_call_each_with_its_key() {
    Exchange done =
        routes.send("direct:publish", Stream.of("a1", "b1", "a2").map(this::record).toList());

    assertThat(done.getException()).isNull();
    assertThat(published).containsExactly("logs a[a1] b[b1] a[a2]");
  }

  @Test
  void what_is_not_acknowledged_fails_the_caller() {
    Exchange failed =
        routes.send("direct:publish", Stream.of("a1", "refused").map(this::record).toList());

    assertThat(failed.getException()).hasStackTraceContaining("refused by the test");
  }

  @Test
  void nothing_to_publish_publishes_nothing() {
    assertThat(routes.send("direct:publish", List.of()).getException()).isNull();
    assertThat(published).isEmpty();
  }

  private LogRecord record(String text) {
    return new LogRecord(ByteSlice.utf8(text), text.substring(0, 1), Instant.EPOCH, text);
  }

  private final class RecordingKinesis implements KinesisClient {

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      StringBuilder call = new StringBuilder(request.streamName());
      request
          .records()
          .forEach(
              entry ->
                  call.append(
                      " %s[%s]".formatted(entry.partitionKey(), entry.data().asUtf8String())));
      if (call.indexOf("refused") >= 0) {
        throw new IllegalStateException("refused by the test");
      }
      published.add(call.toString());
      return PutRecordsResponse.builder().failedRecordCount(0).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}

package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.intake.DecodedBody;
import routes.intake.HttpProblem;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.Reply;
import routes.intake.RequestHead;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;

/**
 * Reads the records of one signal's export requests, {@code ExportLogsServiceRequest} and its like,
 * and words what was taken of them. Thread-safe.
 */
public final class OtlpBodies {

  /** What is refused alone, with all that lies within, when a value in it is wrong. */
  private static final Set<Descriptor> REFUSABLE =
      Set.of(
          ResourceLogs.getDescriptor(),
          ScopeLogs.getDescriptor(),
          LogRecord.getDescriptor(),
          ResourceMetrics.getDescriptor(),
          ScopeMetrics.getDescriptor(),
          Metric.getDescriptor(),
          NumberDataPoint.getDescriptor(),
          HistogramDataPoint.getDescriptor(),
          ExponentialHistogramDataPoint.getDescriptor(),
          SummaryDataPoint.getDescriptor(),
          ResourceSpans.getDescriptor(),
          ScopeSpans.getDescriptor(),
          Span.getDescriptor());

  private final RecordParser parser;
  private final Clock clock;
  private final OtlpAnswers answers;

  /**
   * @param parser of the signal's records
   */
  public OtlpBodies(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  OtlpBodies(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
    this.answers = new OtlpAnswers(parser.signal());
  }

  /**
   * Sorts the records of a body from what is none; an empty request has neither.
   *
   * @param request whose type tells protobuf from JSON, and whose service resources have without
   *     {@code service.name}
   * @throws HttpProblem 415 when the type is another; 413 or 429 when the body holds more than
   *     there is memory for
   * @throws MalformedBodyException when the body is no such request
   */
  public Intake read(DecodedBody body, RequestHead request) {
    Map<String, JsonMessages.Fault> faults = new HashMap<>();
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    String service = request.service().orElse(MappedRecords.UNKNOWN_SERVICE);
    try {
      ByteSlice protobuf = protobuf(body, request.type(), faults);
      new ExportRequest(
              parser, new ExportedRecords(parser, records, service, faults), body.memory())
          .read(protobuf);
    } catch (InvalidProtocolBufferException malformed) {
      throw new MalformedBodyException("The body is no protobuf: " + malformed.getMessage());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("OTLP/JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return records.intake();
  }

  /**
   * What a client is told of a request of which something was taken, or that was empty.
   *
   * @throws routes.intake.InvalidRecordsException when records came and none of them is acceptable
   */
  public Reply answer(Intake intake, RequestHead request) {
    return answers.of(intake, request);
  }

  private ByteSlice protobuf(
      DecodedBody body, @Nullable String type, Map<String, JsonMessages.Fault> faults)
      throws IOException {
    Encoding encoding =
        Encoding.of(type)
            .orElseThrow(
                () ->
                    HttpProblem.unsupported(
                        "Content-Type must be %s or %s"
                            .formatted(Encoding.PROTOBUF.type(), Encoding.JSON.type())));
    if (encoding == Encoding.PROTOBUF) {
      return ByteSlice.of(body.bytes());
    }
    Message.Builder request = builder();
    long held = JsonMessages.memory(body);
    faults.putAll(JsonMessages.read(body, request, REFUSABLE));
    byte[] protobuf = request.build().toByteArray();
    body.memory().require(protobuf.length);
    body.memory().giveBack(held);
    return ByteSlice.of(protobuf);
  }

  private Message.Builder builder() {
    return switch (parser.signal()) {
      case LOGS -> ExportLogsServiceRequest.newBuilder();
      case METRICS -> ExportMetricsServiceRequest.newBuilder();
      case TRACES -> ExportTraceServiceRequest.newBuilder();
    };
  }
}

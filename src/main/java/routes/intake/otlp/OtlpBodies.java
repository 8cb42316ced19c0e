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
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.Reply;
import routes.intake.UnknownTypeException;
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
   * @param type of the body, which tells protobuf from JSON
   * @param query of the URL, where {@code service} names the service of resources without {@code
   *     service.name}; or null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   * @throws UnknownTypeException when the type is another
   * @throws MalformedBodyException when the body is no such request
   */
  public Intake read(
      byte[] body, @Nullable String type, @Nullable String query, @Nullable String header) {
    String service =
        QueryParameters.of(query)
            .service(header)
            .filter(name -> !name.isEmpty())
            .orElse(MappedRecords.UNKNOWN_SERVICE);
    Map<String, JsonMessages.Fault> faults = new HashMap<>();
    Message request = request(body, type, faults);
    ExportedRecords records = new ExportedRecords(parser, clock.instant(), service, faults);
    if (request instanceof ExportLogsServiceRequest logs) {
      logs(logs, records);
    } else if (request instanceof ExportMetricsServiceRequest metrics) {
      metrics(metrics, records);
    } else if (request instanceof ExportTraceServiceRequest traces) {
      traces(traces, records);
    }
    return records.intake();
  }

  /**
   * What a client is told of a request of which something was taken, or that was empty.
   *
   * @param type of the request's body
   * @throws routes.intake.InvalidRecordsException when records came and none of them is acceptable
   */
  public Reply answer(Intake intake, @Nullable String type) {
    return answers.of(intake, type);
  }

  private static void logs(ExportLogsServiceRequest request, ExportedRecords records) {
    for (int r = 0; r < request.getResourceLogsCount(); r++) {
      ResourceLogs of = request.getResourceLogs(r);
      for (int s = 0; s < of.getScopeLogsCount(); s++) {
        ScopeLogs in = of.getScopeLogs(s);
        String place = "/resourceLogs/%s/scopeLogs/%s".formatted(r, s);
        records.from(of.getResource(), of.getSchemaUrl(), in.getScope(), in.getSchemaUrl(), place);
        for (int l = 0; l < in.getLogRecordsCount(); l++) {
          LogRecord log = in.getLogRecords(l);
          records.add(
              "/logRecords/",
              l,
              (fields, service, arrival) -> LogFields.write(fields, log, service, arrival));
        }
      }
    }
  }

  private static void metrics(ExportMetricsServiceRequest request, ExportedRecords records) {
    for (int r = 0; r < request.getResourceMetricsCount(); r++) {
      ResourceMetrics of = request.getResourceMetrics(r);
      for (int s = 0; s < of.getScopeMetricsCount(); s++) {
        ScopeMetrics in = of.getScopeMetrics(s);
        String place = "/resourceMetrics/%s/scopeMetrics/%s".formatted(r, s);
        records.from(of.getResource(), of.getSchemaUrl(), in.getScope(), in.getSchemaUrl(), place);
        for (int m = 0; m < in.getMetricsCount(); m++) {
          String metric = "/metrics/" + m;
          PointFields.forEach(
              in.getMetrics(m), (list, index, point) -> records.add(metric + list, index, point));
        }
      }
    }
  }

  private static void traces(ExportTraceServiceRequest request, ExportedRecords records) {
    for (int r = 0; r < request.getResourceSpansCount(); r++) {
      ResourceSpans of = request.getResourceSpans(r);
      for (int s = 0; s < of.getScopeSpansCount(); s++) {
        ScopeSpans in = of.getScopeSpans(s);
        String place = "/resourceSpans/%s/scopeSpans/%s".formatted(r, s);
        records.from(of.getResource(), of.getSchemaUrl(), in.getScope(), in.getSchemaUrl(), place);
        for (int i = 0; i < in.getSpansCount(); i++) {
          Span span = in.getSpans(i);
          records.add(
              "/spans/",
              i,
              (fields, service, arrival) -> SpanFields.write(fields, span, service, arrival));
        }
      }
    }
  }

  private Message request(
      byte[] body, @Nullable String type, Map<String, JsonMessages.Fault> faults) {
    Encoding encoding =
        Encoding.of(type)
            .orElseThrow(
                () ->
                    new UnknownTypeException(
                        "Content-Type must be %s or %s"
                            .formatted(Encoding.PROTOBUF.type(), Encoding.JSON.type())));
    Message.Builder request = builder();
    try {
      switch (encoding) {
        case PROTOBUF -> request.mergeFrom(body);
        case JSON -> faults.putAll(JsonMessages.read(body, request, REFUSABLE));
      }
      return request.build();
    } catch (InvalidProtocolBufferException malformed) {
      throw new MalformedBodyException("The body is no protobuf: " + malformed.getMessage());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("OTLP/JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Message.Builder builder() {
    return switch (parser.signal()) {
      case LOGS -> ExportLogsServiceRequest.newBuilder();
      case METRICS -> ExportMetricsServiceRequest.newBuilder();
      case TRACES -> ExportTraceServiceRequest.newBuilder();
    };
  }
}

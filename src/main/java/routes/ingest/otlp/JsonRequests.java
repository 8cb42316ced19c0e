package routes.ingest.otlp;

import com.google.protobuf.Descriptors.Descriptor;
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
import java.util.Map;
import java.util.Set;
import routes.http.DecodedBody;
import routes.json.ByteSlice;
import routes.signal.Signal;

/**
 * Requests in JSON made into the protobuf that they stand for. A class of its own, as what it names
 * of every message is loaded with it, when JSON first comes.
 */
final class JsonRequests {

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

  private JsonRequests() {}

  static ByteSlice toProtobuf(
      DecodedBody body, Signal signal, Map<String, JsonMessages.Fault> faults) throws IOException {
    Message.Builder request = builder(signal);
    long held = JsonMessages.memory(body);
    faults.putAll(JsonMessages.read(body, request, REFUSABLE));
    byte[] protobuf = request.build().toByteArray();
    body.memory().require(protobuf.length);
    body.memory().giveBack(held);
    return ByteSlice.of(protobuf);
  }

  private static Message.Builder builder(Signal signal) {
    return switch (signal) {
      case LOGS -> ExportLogsServiceRequest.newBuilder();
      case METRICS -> ExportMetricsServiceRequest.newBuilder();
      case TRACES -> ExportTraceServiceRequest.newBuilder();
    };
  }
}

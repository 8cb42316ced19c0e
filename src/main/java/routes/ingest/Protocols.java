package routes.ingest;

import java.util.Map;
import routes.ingest.datadog.DatadogProtocol;
import routes.ingest.hec.HecProtocol;
import routes.ingest.json.JsonProtocol;
import routes.ingest.otlp.OtlpProtocol;
import routes.ingest.prometheus.RemoteWriteProtocol;
import routes.ingest.zipkin.ZipkinProtocol;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** Every protocol. Another one is a room of its own, a line here and a route that leads to it. */
public final class Protocols {

  private Protocols() {}

  /**
   * The protocols by the path under which each is spoken; what lies below a path is its own matter.
   *
   * @param serviceLabel of Prometheus's series
   */
  public static Map<String, Protocol> byPath(RecordParsers parsers, String serviceLabel) {
    OtlpProtocol otlp = new OtlpProtocol(parsers);
    return Map.of(
        "/api/ingest", new JsonProtocol(parsers),
        "/v1", otlp,
        "/opentelemetry.proto.collector.logs.v1.LogsService", otlp,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService", otlp,
        "/opentelemetry.proto.collector.trace.v1.TraceService", otlp,
        "/services/collector", new HecProtocol(parsers.of(Signal.LOGS)),
        "/api/v2/logs", new DatadogProtocol(parsers.of(Signal.LOGS)),
        "/api/v2/spans", new ZipkinProtocol(parsers.of(Signal.TRACES)),
        "/api/v1/write", new RemoteWriteProtocol(parsers.of(Signal.METRICS), serviceLabel));
  }
}

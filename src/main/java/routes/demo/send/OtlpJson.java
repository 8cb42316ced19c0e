package routes.demo.send;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.demo.logs.Outcome;
import routes.demo.people.Instance;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Meter;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;

/**
 * Spans and metrics as OpenTelemetry's protocol has them in JSON (opentelemetry-proto 1.10, "JSON
 * Protobuf Encoding"), with the names of its semantic conventions.
 */
final class OtlpJson {

  private static final String SCOPE = "\"scope\":{\"name\":\"demo\"}";
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int ERROR = 2;

  /** Each point counts for its own interval alone. */
  private static final String DELTA = "\"aggregationTemporality\":1";

  private OtlpJson() {}

  static byte[] traces(List<Span> spans) {
    Map<Instance, List<Span>> byInstance = new LinkedHashMap<>();
    for (Span span : spans) {
      byInstance.computeIfAbsent(span.instance(), ignored -> new ArrayList<>()).add(span);
    }
    Text out = new Text().put("{\"resourceSpans\":[");
    byInstance.forEach(
        (instance, own) -> {
          out.put("{");
          resource(out, own.get(0).operation().service(), instance);
          out.put(",\"scopeSpans\":[{" + SCOPE + ",\"spans\":[");
          own.forEach(span -> span(out, span));
          cutComma(out).put("]}]},");
        });
    return cutComma(out).put("]}").toBytes();
  }

  static byte[] metrics(List<Measurement> measurements) {
    Text out = new Text().put("{\"resourceMetrics\":[");
    for (Measurement measurement : measurements) {
      out.put("{\"resource\":{\"attributes\":[");
      attribute(out, "service.name", measurement.service().name());
      cutComma(out).put("]},\"scopeMetrics\":[{" + SCOPE + ",\"metrics\":[");
      metric(out, measurement);
      cutComma(out).put("]}]},");
    }
    return cutComma(out).put("]}").toBytes();
  }

  private static void resource(Text out, Service service, Instance instance) {
    out.put("\"resource\":{\"attributes\":[");
    attribute(out, "service.name", service.name());
    attribute(out, "service.instance.id", instance.name());
    attribute(out, "service.version", instance.version());
    attribute(out, "host.name", instance.node());
    attribute(out, "cloud.availability_zone", instance.zone());
    cutComma(out).put("]}");
  }

  private static void span(Text out, Span span) {
    out.put("{\"traceId\":\"").hex(span.traceHigh(), 16).hex(span.traceLow(), 16);
    out.put("\",\"spanId\":\"").hex(span.id(), 16);
    if (span.parent() != 0) {
      out.put("\",\"parentSpanId\":\"").hex(span.parent(), 16);
    }
    String method = span.operation().route().method();
    boolean http = !method.equals("CALL");
    String route = span.operation().route().template();
    out.put("\",\"name\":\"").put(Text.escaped(http ? method + " " + route : route));
    out.put("\",\"kind\":").number(http ? SERVER : CLIENT);
    out.put(",\"startTimeUnixNano\":\"").number(span.startNanos());
    out.put("\",\"endTimeUnixNano\":\"").number(span.endNanos());
    out.put("\",\"attributes\":[");
    if (http) {
      attribute(out, "http.request.method", method);
      attribute(out, "http.route", route);
      out.put("{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"");
      out.number(span.status()).put("\"}},");
    }
    attribute(out, "user.id", span.user().id());
    if (!span.error().isEmpty()) {
      attribute(out, "error.type", span.error());
    }
    cutComma(out).put("]");
    if (span.outcome() == Outcome.FAILED) {
      out.put(",\"status\":{\"code\":").number(ERROR);
      out.put(",\"message\":\"").put(Text.escaped(span.error())).put("\"}");
    }
    out.put("},");
  }

  private static void metric(Text out, Measurement measured) {
    sum(out, "demo.requests", "{request}", measured, measured.requests());
    sum(out, "demo.requests.failed", "{request}", measured, measured.failed());
    duration(out, measured);
    begin(out, "system.cpu.utilization", "1").put("\"gauge\":{\"dataPoints\":[");
    for (Measurement.Usage usage : measured.instances()) {
      point(out, measured, usage.instance().name(), usage.cpu());
    }
    cutComma(out).put("]}},");
    begin(out, "system.memory.utilization", "1").put("\"gauge\":{\"dataPoints\":[");
    for (Measurement.Usage usage : measured.instances()) {
      point(out, measured, usage.instance().name(), usage.memory());
    }
    cutComma(out).put("]}},");
    if (measured.service().queue()) {
      begin(out, "demo.queue.depth", "{message}").put("\"gauge\":{\"dataPoints\":[");
      point(out, measured, measured.service().name(), measured.queue());
      cutComma(out).put("]}},");
    }
  }

  private static void sum(Text out, String name, String unit, Measurement measured, long count) {
    begin(out, name, unit).put("\"sum\":{" + DELTA + ",\"isMonotonic\":true,\"dataPoints\":[{");
    interval(out, measured).put(",\"asInt\":\"").number(count).put("\"}]}},");
  }

  private static void duration(Text out, Measurement measured) {
    begin(out, "http.server.request.duration", "s");
    out.put("\"histogram\":{" + DELTA + ",\"dataPoints\":[{");
    interval(out, measured).put(",\"count\":\"").number(measured.requests());
    out.put("\",\"sum\":").decimal(measured.seconds(), 6).put(",\"bucketCounts\":[");
    for (long bucket : measured.buckets()) {
      out.put('"').number(bucket).put("\",");
    }
    cutComma(out).put("],\"explicitBounds\":[");
    for (double bound : Meter.bounds()) {
      out.decimal(bound, 3).put(',');
    }
    cutComma(out).put("]}]}},");
  }

  private static Text begin(Text out, String name, String unit) {
    return out.put("{\"name\":\"" + name + "\",\"unit\":\"" + unit + "\",");
  }

  private static Text interval(Text out, Measurement measured) {
    out.put("\"startTimeUnixNano\":\"").number(measured.startNanos());
    return out.put("\",\"timeUnixNano\":\"").number(measured.endNanos() - 1).put('"');
  }

  private static void point(Text out, Measurement measured, String instance, double value) {
    out.put("{\"timeUnixNano\":\"").number(measured.endNanos() - 1).put("\",\"attributes\":[");
    attribute(out, "service.instance.id", instance);
    cutComma(out).put("],\"asDouble\":").decimal(value, 4).put("},");
  }

  private static void attribute(Text out, String name, String value) {
    out.put("{\"key\":\"").put(name).put("\",\"value\":{\"stringValue\":\"");
    out.put(Text.escaped(value)).put("\"}},");
  }

  private static Text cutComma(Text out) {
    return out.cut(out.length() - 1);
  }
}

package routes.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import routes.http.BodyMemory;
import routes.ingest.otlp.MessageBuilding.Built;
import routes.json.ByteSlice;
import routes.record.RecordParser;
import routes.signal.Signal;

/**
 * Goes through an export request in protobuf, of which one resource, one scope and one item are
 * objects at a time. The requests of all signals have their parts under the same numbers. Not
 * thread-safe.
 */
final class ExportRequest {

  private static final int RESOURCES = 1;
  private static final int RESOURCE_OR_SCOPE = 1;
  private static final int SCOPES_OR_ITEMS = 2;
  private static final int SCHEMA_URL = 3;

  /** For each byte, which is text in the message and up to six bytes of JSON after that. */
  private static final int BYTES_A_BYTE = 16;

  /** Of a metric one point at a time becomes JSON. */
  private static final int BYTES_A_BYTE_OF_POINTS = 4;

  private final RecordParser parser;
  private final ExportedRecords records;
  private final MessageBuilding messages;

  /**
   * @param records takes what is found
   * @param memory for the objects at a time
   */
  ExportRequest(RecordParser parser, ExportedRecords records, BodyMemory.Share memory) {
    this.parser = parser;
    this.records = records;
    // A metric may have any number of points.
    this.messages =
        parser.signal() == Signal.METRICS
            ? new MessageBuilding(memory, Integer.MAX_VALUE, BYTES_A_BYTE_OF_POINTS)
            : new MessageBuilding(memory, parser.maxBytes(), BYTES_A_BYTE);
  }

  /**
   * Takes all records of a request.
   *
   * @throws InvalidProtocolBufferException when it is none
   */
  void read(ByteSlice request) throws IOException {
    Submessages all = new Submessages(request, RESOURCES);
    int index = 0;
    for (ByteSlice part = all.next(); part != null; part = all.next()) {
      readResource(part, index++);
    }
    records.rejectFaultyParts();
  }

  private void readResource(ByteSlice part, int index) throws IOException {
    Built<Resource> resource =
        messages.singular(part, RESOURCE_OR_SCOPE, Resource.getDefaultInstance());
    ByteSlice schema = schemaUrl(part);
    Submessages scopes = new Submessages(part, SCOPES_OR_ITEMS);
    int scopeIndex = 0;
    for (ByteSlice scoped = scopes.next(); scoped != null; scoped = scopes.next()) {
      Built<InstrumentationScope> scope =
          messages.singular(scoped, RESOURCE_OR_SCOPE, InstrumentationScope.getDefaultInstance());
      String name = parser.signal() == Signal.TRACES ? "Spans" : isLogs() ? "Logs" : "Metrics";
      ByteSlice scopeSchema = schemaUrl(scoped);
      records.from(
          resource.message(),
          text(schema),
          scope.message(),
          text(scopeSchema),
          "/resource%s/%s/scope%s/%s".formatted(name, index, name, scopeIndex++));
      readItems(
          scoped, resource.length() + schema.length() + scope.length() + scopeSchema.length());
      messages.drop(scope);
    }
    messages.drop(resource);
  }

  private void readItems(ByteSlice scoped, long around) throws IOException {
    Submessages items = new Submessages(scoped, SCOPES_OR_ITEMS);
    int index = 0;
    for (ByteSlice item = items.next(); item != null; item = items.next()) {
      try {
        readItem(item, index++, around);
      } catch (MessageBuilding.TooDeepException deep) {
        records.rejectTooDeep(String.valueOf(deep.getMessage()));
      }
    }
  }

  private void readItem(ByteSlice item, int index, long around) throws IOException {
    switch (parser.signal()) {
      case LOGS -> {
        Built<LogRecord> log = messages.whole(item, LogRecord.getDefaultInstance());
        records.add(
            "/logRecords/",
            index,
            around + item.length(),
            (fields, service, arrival) -> LogFields.write(fields, log.message(), service, arrival));
        messages.drop(log);
      }
      case METRICS -> {
        Built<Metric> metric = messages.whole(item, Metric.getDefaultInstance());
        PointFields.forEach(
            metric.message(),
            (list, place, point) -> records.add("/metrics/" + index + list, place, around, point));
        messages.drop(metric);
      }
      case TRACES -> {
        Built<Span> span = messages.whole(item, Span.getDefaultInstance());
        records.add(
            "/spans/",
            index,
            around + item.length(),
            (fields, service, arrival) ->
                SpanFields.write(fields, span.message(), service, arrival));
        messages.drop(span);
      }
    }
  }

  private boolean isLogs() {
    return parser.signal() == Signal.LOGS;
  }

  private static ByteSlice schemaUrl(ByteSlice part) throws IOException {
    ByteSlice url = new Submessages(part, SCHEMA_URL).next();
    return url == null ? part.slice(0, 0) : url;
  }

  /** With a longer one no record is short enough. */
  private String text(ByteSlice url) {
    return url.length() > parser.maxBytes() ? "" : url.toString();
  }
}

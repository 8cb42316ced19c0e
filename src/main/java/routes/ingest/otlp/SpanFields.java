package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes a span as a record of ours, whose time is the span's start. */
final class SpanFields {

  private SpanFields() {}

  /**
   * @param arrival the time of spans that have neither a start nor an end
   */
  static void write(RecordJson fields, Span span, String service, Instant arrival)
      throws IOException {
    JsonGenerator json = fields.json();
    long start = span.getStartTimeUnixNano();
    long end = span.getEndTimeUnixNano();
    fields.text("timestamp", start(start, end, arrival).toString());
    json.writeStringField("service", service);
    fields.text("name", span.getName());
    fields.id("trace_id", span.getTraceId());
    fields.id("span_id", span.getSpanId());
    if (!isZero(span.getParentSpanId())) {
      fields.id("parent_span_id", span.getParentSpanId());
    }
    fields.text("kind", kind(span));
    fields.time("end_timestamp", end);
    if (start != 0 && Long.compareUnsigned(end, start) >= 0) {
      fields.count("duration_nanos", end - start);
    }
    status(fields, span.getStatus());
    fields.text("trace_state", span.getTraceState());
    fields.number("flags", span.getFlags());
    fields.attributes("attributes", span.getAttributesList());
    fields.number("dropped_attributes_count", span.getDroppedAttributesCount());
    events(fields, span.getEventsList());
    fields.number("dropped_events_count", span.getDroppedEventsCount());
    links(fields, span.getLinksList());
    fields.number("dropped_links_count", span.getDroppedLinksCount());
  }

  private static Instant start(long start, long end, Instant arrival) {
    if (start != 0) {
      return RecordJson.instant(start);
    }
    return end == 0 ? arrival : RecordJson.instant(end);
  }

  /** What no parent is called by some senders. */
  private static boolean isZero(ByteString id) {
    for (byte part : id) {
      if (part != 0) {
        return false;
      }
    }
    return true;
  }

  private static String kind(Span span) {
    return switch (span.getKind()) {
      case SPAN_KIND_UNSPECIFIED -> "";
      case UNRECOGNIZED -> Integer.toString(span.getKindValue());
      default -> span.getKind().name().substring("SPAN_KIND_".length());
    };
  }

  private static void status(RecordJson fields, Status status) throws IOException {
    fields.text(
        "status_code",
        switch (status.getCode()) {
          case STATUS_CODE_UNSET -> "";
          case UNRECOGNIZED -> Integer.toString(status.getCodeValue());
          default -> status.getCode().name().substring("STATUS_CODE_".length());
        });
    fields.text("status_message", status.getMessage());
  }

  private static void events(RecordJson fields, List<Span.Event> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    JsonGenerator json = fields.json();
    json.writeArrayFieldStart("events");
    for (Span.Event event : events) {
      json.writeStartObject();
      fields.time("timestamp", event.getTimeUnixNano());
      fields.text("name", event.getName());
      fields.attributes("attributes", event.getAttributesList());
      fields.number("dropped_attributes_count", event.getDroppedAttributesCount());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void links(RecordJson fields, List<Span.Link> links) throws IOException {
    if (links.isEmpty()) {
      return;
    }
    JsonGenerator json = fields.json();
    json.writeArrayFieldStart("links");
    for (Span.Link link : links) {
      json.writeStartObject();
      fields.id("trace_id", link.getTraceId());
      fields.id("span_id", link.getSpanId());
      fields.text("trace_state", link.getTraceState());
      fields.number("flags", link.getFlags());
      fields.attributes("attributes", link.getAttributesList());
      fields.number("dropped_attributes_count", link.getDroppedAttributesCount());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

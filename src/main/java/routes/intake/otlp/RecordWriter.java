package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import routes.record.RecordParser;

/**
 * Writes one of OpenTelemetry's log records as a record of ours: the fields every record has, then
 * OpenTelemetry's own in lower case, resource, scope and attributes each as an object.
 */
final class RecordWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final long BILLION = 1_000_000_000L;

  /** Numbers 1 to 24, four to a name. */
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  private final String service;
  private final Resource resource;
  private final InstrumentationScope scope;
  private final Instant arrival;

  /**
   * @param arrival the time of records that have none that can be one, neither when they happened
   *     nor when they were observed
   */
  RecordWriter(String service, Resource resource, InstrumentationScope scope, Instant arrival) {
    this.service = service;
    this.resource = resource;
    this.scope = scope;
    this.arrival = arrival;
  }

  /** The record as one JSON object. */
  byte[] write(LogRecord log) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, log);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private void write(JsonGenerator json, LogRecord log) throws IOException {
    json.writeStartObject();
    json.writeStringField("timestamp", time(log).toString());
    json.writeStringField("service", service);
    text(json, "level", level(log));
    body(json, log);
    id(json, "trace_id", log.getTraceId());
    id(json, "span_id", log.getSpanId());
    text(json, "event_name", log.getEventName());
    number(json, "severity_number", log.getSeverityNumberValue());
    text(json, "severity_text", log.getSeverityText());
    if (log.getObservedTimeUnixNano() != 0) {
      json.writeStringField(
          "observed_timestamp", instant(log.getObservedTimeUnixNano()).toString());
    }
    if (log.getTimeUnixNano() != 0 && !isTime(log.getTimeUnixNano())) {
      json.writeNumberField("time_unix_nano", log.getTimeUnixNano());
    }
    number(json, "flags", log.getFlags());
    AttributeWriter attributes = new AttributeWriter(json);
    attributes.field("attributes", log.getAttributesList());
    number(json, "dropped_attributes_count", log.getDroppedAttributesCount());
    attributes.field("resource", resource.getAttributesList());
    scope(json, attributes);
    json.writeEndObject();
  }

  /** The first of those it has that can be the time of a log. */
  private Instant time(LogRecord log) {
    return isTime(log.getTimeUnixNano())
        ? instant(log.getTimeUnixNano())
        : isTime(log.getObservedTimeUnixNano()) ? instant(log.getObservedTimeUnixNano()) : arrival;
  }

  private static boolean isTime(long nanos) {
    return !instant(nanos).isBefore(RecordParser.EARLIEST);
  }

  /**
   * @param nanos since 1970, unsigned
   */
  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Long.divideUnsigned(nanos, BILLION), Long.remainderUnsigned(nanos, BILLION));
  }

  private static String level(LogRecord log) {
    int number = log.getSeverityNumberValue();
    return number >= 1 && number <= 24 ? LEVELS.get((number - 1) / 4) : log.getSeverityText();
  }

  /** A body that is a text or the like is the message, one with a structure stays one. */
  private static void body(JsonGenerator json, LogRecord log) throws IOException {
    AnyValue body = log.getBody();
    switch (body.getValueCase()) {
      case STRING_VALUE -> json.writeStringField("message", body.getStringValue());
      case BOOL_VALUE -> json.writeStringField("message", Boolean.toString(body.getBoolValue()));
      case INT_VALUE -> json.writeStringField("message", Long.toString(body.getIntValue()));
      case DOUBLE_VALUE -> json.writeStringField("message", Double.toString(body.getDoubleValue()));
      case VALUE_NOT_SET -> {}
      default -> {
        json.writeFieldName("body");
        new AttributeWriter(json).value(body);
      }
    }
  }

  private void scope(JsonGenerator json, AttributeWriter attributes) throws IOException {
    if (scope.equals(InstrumentationScope.getDefaultInstance())) {
      return;
    }
    json.writeObjectFieldStart("scope");
    text(json, "name", scope.getName());
    text(json, "version", scope.getVersion());
    attributes.field("attributes", scope.getAttributesList());
    json.writeEndObject();
  }

  private static void id(JsonGenerator json, String name, ByteString id) throws IOException {
    text(json, name, HexFormat.of().formatHex(id.toByteArray()));
  }

  private static void text(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void number(JsonGenerator json, String name, int number) throws IOException {
    if (number != 0) {
      json.writeNumberField(name, Integer.toUnsignedLong(number));
    }
  }
}

package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import routes.record.RecordParser;

/**
 * Writes one of OpenTelemetry's log records as a record of ours: the fields every record has, then
 * OpenTelemetry's own in lower case.
 */
final class LogFields {

  /** Numbers 1 to 24, four to a name. */
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  private LogFields() {}

  /**
   * @param arrival the time of records that have none that can be one, neither when they happened
   *     nor when they were observed
   */
  static void write(RecordJson fields, LogRecord log, String service, Instant arrival)
      throws IOException {
    fields.text("timestamp", time(log, arrival).toString());
    fields.json().writeStringField("service", service);
    fields.text("level", level(log));
    body(fields, log);
    fields.id("trace_id", log.getTraceId());
    fields.id("span_id", log.getSpanId());
    fields.text("event_name", log.getEventName());
    fields.number("severity_number", log.getSeverityNumberValue());
    fields.text("severity_text", log.getSeverityText());
    fields.time("observed_timestamp", log.getObservedTimeUnixNano());
    if (log.getTimeUnixNano() != 0 && !isTime(log.getTimeUnixNano())) {
      fields.json().writeNumberField("time_unix_nano", log.getTimeUnixNano());
    }
    fields.number("flags", log.getFlags());
    fields.attributes("attributes", log.getAttributesList());
    fields.number("dropped_attributes_count", log.getDroppedAttributesCount());
  }

  /** The first of those it has that can be the time of a log. */
  private static Instant time(LogRecord log, Instant arrival) {
    if (isTime(log.getTimeUnixNano())) {
      return RecordJson.instant(log.getTimeUnixNano());
    }
    return isTime(log.getObservedTimeUnixNano())
        ? RecordJson.instant(log.getObservedTimeUnixNano())
        : arrival;
  }

  private static boolean isTime(long nanos) {
    return !RecordJson.instant(nanos).isBefore(RecordParser.EARLIEST);
  }

  private static String level(LogRecord log) {
    int number = log.getSeverityNumberValue();
    return number >= 1 && number <= 24 ? LEVELS.get((number - 1) / 4) : log.getSeverityText();
  }

  /** A body that is a text or the like is the message, one with a structure stays one. */
  private static void body(RecordJson fields, LogRecord log) throws IOException {
    JsonGenerator json = fields.json();
    AnyValue body = log.getBody();
    switch (body.getValueCase()) {
      case STRING_VALUE -> json.writeStringField("message", body.getStringValue());
      case BOOL_VALUE -> json.writeStringField("message", Boolean.toString(body.getBoolValue()));
      case INT_VALUE -> json.writeStringField("message", Long.toString(body.getIntValue()));
      case DOUBLE_VALUE -> json.writeStringField("message", Double.toString(body.getDoubleValue()));
      case VALUE_NOT_SET -> {}
      default -> {
        json.writeFieldName("body");
        fields.value(body);
      }
    }
  }
}

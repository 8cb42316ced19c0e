package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Writes fields of a record as OpenTelemetry's messages have them; those that are not set, which
 * protobuf has as zero or empty, are left out.
 */
final class RecordJson {

  private static final long BILLION = 1_000_000_000L;

  private final JsonGenerator json;

  RecordJson(JsonGenerator json) {
    this.json = json;
  }

  /** For what has no field kind of its own here. */
  JsonGenerator json() {
    return json;
  }

  /**
   * @param nanos since 1970, unsigned
   */
  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Long.divideUnsigned(nanos, BILLION), Long.remainderUnsigned(nanos, BILLION));
  }

  void time(String name, long nanos) throws IOException {
    if (nanos != 0) {
      json.writeStringField(name, instant(nanos).toString());
    }
  }

  void text(String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  void id(String name, ByteString id) throws IOException {
    text(name, HexFormat.of().formatHex(id.toByteArray()));
  }

  /**
   * @param number unsigned
   */
  void number(String name, int number) throws IOException {
    if (number != 0) {
      json.writeNumberField(name, Integer.toUnsignedLong(number));
    }
  }

  /** A count, which is written also when it is zero. */
  void count(String name, long unsigned) throws IOException {
    json.writeFieldName(name);
    unsigned(unsigned);
  }

  /** Counts; nothing where there are none. */
  void counts(String name, List<Long> unsigned) throws IOException {
    if (!unsigned.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (long count : unsigned) {
        unsigned(count);
      }
      json.writeEndArray();
    }
  }

  private void unsigned(long number) throws IOException {
    if (number >= 0) {
      json.writeNumber(number);
    } else {
      json.writeNumber(new BigInteger(Long.toUnsignedString(number)));
    }
  }

  /** Attributes as an object; nothing where there are none. */
  void attributes(String name, List<KeyValue> attributes) throws IOException {
    if (!attributes.isEmpty()) {
      json.writeFieldName(name);
      object(attributes);
    }
  }

  void value(AnyValue value) throws IOException {
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.writeString(value.getStringValue());
      case BOOL_VALUE -> json.writeBoolean(value.getBoolValue());
      case INT_VALUE -> json.writeNumber(value.getIntValue());
      case DOUBLE_VALUE -> json.writeNumber(value.getDoubleValue());
      case BYTES_VALUE -> json.writeBinary(value.getBytesValue().toByteArray());
      case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
      case ARRAY_VALUE -> {
        json.writeStartArray();
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          value(element);
        }
        json.writeEndArray();
      }
      default -> json.writeNull();
    }
  }

  /** Keys must be unique by the specification; where one is not, its first value counts. */
  private void object(List<KeyValue> entries) throws IOException {
    json.writeStartObject();
    Set<String> written = new HashSet<>();
    for (KeyValue entry : entries) {
      if (written.add(entry.getKey())) {
        json.writeFieldName(entry.getKey());
        value(entry.getValue());
      }
    }
    json.writeEndObject();
  }
}

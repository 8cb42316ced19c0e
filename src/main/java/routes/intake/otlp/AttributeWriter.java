package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes OpenTelemetry's attributes and values as plain JSON. */
final class AttributeWriter {

  private final JsonGenerator json;

  AttributeWriter(JsonGenerator json) {
    this.json = json;
  }

  /** Writes attributes as one field with an object; nothing where there are none. */
  void field(String name, List<KeyValue> attributes) throws IOException {
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

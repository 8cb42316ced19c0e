package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Where the records of one scope of one resource come from: whose they are, and the fields that
 * each of them ends with. Those are written once for all of them.
 */
final class Origin {

  private static final JsonFactory JSON = new JsonFactory();

  private final String service;
  private final byte[] fields;

  /**
   * @param service whose the records are
   * @param resourceSchema the URL of the resource's schema, or empty
   * @param schema the URL of the schema of scope and records, or empty
   */
  Origin(
      String service,
      Resource resource,
      String resourceSchema,
      InstrumentationScope scope,
      String schema) {
    this.service = service;
    this.fields = fields(resource, resourceSchema, scope, schema);
  }

  String service() {
    return service;
  }

  /** Adds the fields to an object that has some already. */
  void writeTo(OutputStream out) throws IOException {
    if (fields.length > 0) {
      out.write(',');
      out.write(fields);
    }
  }

  /** What these fields add to a record, in bytes. */
  int length() {
    return fields.length;
  }

  /** What a resource calls its service, or empty. */
  static String serviceName(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("");
  }

  private static byte[] fields(
      Resource resource, String resourceSchema, InstrumentationScope scope, String schema) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      RecordJson fields = new RecordJson(json);
      fields.attributes("resource", resource.getAttributesList());
      fields.number("resource_dropped_attributes_count", resource.getDroppedAttributesCount());
      entities(json, resource.getEntityRefsList());
      fields.text("resource_schema_url", resourceSchema);
      if (!scope.equals(InstrumentationScope.getDefaultInstance())) {
        json.writeObjectFieldStart("scope");
        fields.text("name", scope.getName());
        fields.text("version", scope.getVersion());
        fields.attributes("attributes", scope.getAttributesList());
        fields.number("dropped_attributes_count", scope.getDroppedAttributesCount());
        json.writeEndObject();
      }
      fields.text("schema_url", schema);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    byte[] object = out.toByteArray();
    byte[] inside = new byte[object.length - 2];
    System.arraycopy(object, 1, inside, 0, inside.length);
    return inside;
  }

  /** Which attributes of the resource tell which of the things it consists of. */
  private static void entities(JsonGenerator json, List<EntityRef> entities) throws IOException {
    if (entities.isEmpty()) {
      return;
    }
    RecordJson fields = new RecordJson(json);
    json.writeArrayFieldStart("resource_entity_refs");
    for (EntityRef entity : entities) {
      json.writeStartObject();
      fields.text("type", entity.getType());
      keys(json, "id_keys", entity.getIdKeysList());
      keys(json, "description_keys", entity.getDescriptionKeysList());
      fields.text("schema_url", entity.getSchemaUrl());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void keys(JsonGenerator json, String name, List<String> keys) throws IOException {
    if (!keys.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String key : keys) {
        json.writeString(key);
      }
      json.writeEndArray();
    }
  }
}

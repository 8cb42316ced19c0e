package routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The description of the dashboard's REST API, as the server itself gives it out. */
public final class ApiDescription {

  public static final ObjectMapper JSON = new ObjectMapper();

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode root;

  public ApiDescription(String json) throws IOException {
    root = JSON.readTree(json);
  }

  /** A method of a path. */
  public record Operation(String method, String path, JsonNode description) {

    public String id() {
      return description.path("operationId").asText();
    }

    /** Its parameters of the query. */
    public List<JsonNode> parameters() {
      return stream(description.path("parameters"))
          .filter(parameter -> parameter.path("in").asText().equals("query"))
          .toList();
    }

    /** Whether it is answered with events for as long as somebody listens. */
    boolean isEndless() {
      return description.at("/responses/200/content").has("text/event-stream");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations;
  }

  /** The methods of a path, as {@code Allow} lists them: what can be read has a head as well. */
  public String methods(String path) {
    return String.join(
        ", ",
        operations().stream()
            .filter(operation -> operation.path().equals(path))
            .flatMap(
                operation ->
                    operation.method().equals("GET") && !operation.isEndless()
                        ? Stream.of("GET", "HEAD")
                        : Stream.of(operation.method()))
            .sorted()
            .toList());
  }

  /** What is wrong with an answer by what is documented; empty when nothing is. */
  public List<String> objections(Operation operation, int status, String type, String body) {
    JsonNode responses = operation.description().path("responses");
    JsonNode response = responses.path(Integer.toString(status));
    JsonNode documented = resolve(response.isMissingNode() ? responses.path("default") : response);
    JsonNode content = documented.path("content").path(type);
    if (content.isMissingNode()) {
      return List.of("%d with %s is not documented".formatted(status, type));
    }
    JsonNode schema = content.path("schema");
    if (schema.path("type").asText().equals("string")) {
      return List.of();
    }
    Stream<String> values = type.equals("application/x-ndjson") ? body.lines() : Stream.of(body);
    return values.flatMap(value -> objections(schema, value)).toList();
  }

  /** What is wrong with JSON by one of the schemas that have a name. */
  public List<String> objections(String schema, String json) {
    return objections(root.at("/components/schemas/" + schema), json).toList();
  }

  /** Objects that may have any field beside those documented, and so say nothing about them. */
  public List<String> openObjects() {
    List<String> open = new ArrayList<>();
    walk(
        root,
        "",
        (path) -> {
          JsonNode node = root.at(path);
          if (node.path("type").asText().equals("object")
              && !node.has("additionalProperties")
              && !path.matches("/paths/[^/]*openapi.json/.*")) {
            open.add(path);
          }
        });
    return open;
  }

  private Stream<String> objections(JsonNode schema, String json) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    JsonSchema compiled = SCHEMAS.getSchema(whole, STRICT);
    try {
      return compiled.validate(JSON.readTree(json)).stream().map(ValidationMessage::getMessage);
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static void walk(JsonNode node, String path, Consumer<String> visitor) {
    if (node.isObject()) {
      visitor.accept(path);
    }
    node.properties()
        .forEach(field -> walk(field.getValue(), path + "/" + escaped(field.getKey()), visitor));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(node.path(i), path + "/" + i, visitor);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  public static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }
}

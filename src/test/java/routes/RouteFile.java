package routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/** One YAML file of routes and what is wrong with it. */
record RouteFile(Path path) {

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
          .getSchema(
              YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json"));

  /** What only an intake, or only a delivering process, does. */
  private static final Pattern FROM_OUTSIDE =
      Pattern.compile("^(platform-http|inbox|kinesis-shards):");

  List<String> problems() throws IOException {
    JsonNode roots = new YAMLMapper().readTree(path.toFile());
    List<String> problems = new ArrayList<>();
    SCHEMA.validate(roots).stream().map(ValidationMessage::getMessage).forEach(problems::add);
    String name = path.getFileName().toString().replaceFirst("\\.yaml$", "");
    String kind = kind(name);
    for (JsonNode root : roots) {
      if (!root.has(kind)) {
        problems.add("expected only " + kind + " here, found " + root.fieldNames().next());
      }
    }
    if (kind.equals("route")) {
      addRouteProblems(problems, name, roots);
    }
    return problems;
  }

  private static String kind(String name) {
    if (name.equals("beans")) {
      return "beans";
    }
    return name.equals("errors") ? "routeConfiguration" : "route";
  }

  private static void addRouteProblems(List<String> problems, String name, JsonNode roots) {
    if (roots.size() != 1) {
      problems.add("expected one route, found " + roots.size());
    }
    String id = roots.at("/0/route/id").asText();
    if (!id.equals(name)) {
      problems.add("expected id " + name + ", found " + id);
    }
    if (FROM_OUTSIDE.matcher(roots.at("/0/route/from/uri").asText()).find()
        && !roots.at("/0/route/precondition").asText().contains("{{app.role}}")) {
      problems.add("expected a precondition that says for which roles it is");
    }
    String description = roots.at("/0/route/description").asText();
    if (description.isBlank() || description.strip().matches("(?s).*(\\n|\\. ).*")) {
      problems.add("expected a description of one sentence, found: " + description);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

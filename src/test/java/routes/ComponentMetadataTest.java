package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What editors and Camel's catalog know of our own components; CONTRIBUTING.md says how to make it.
 */
class ComponentMetadataTest {

  /** Of every consumer, by Camel. */
  private static final Set<String> INHERITED =
      Set.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern");

  @ParameterizedTest
  @CsvSource({
    "inbox, routes.inbox.InboxEndpoint, ingest-files",
    "kinesis-shards, routes.kinesis.read.KinesisShardsEndpoint, deliver"
  })
  void it_has_each_option_with_its_type_and_meaning(
      String component, Class<?> endpoint, String route) throws Exception {
    JsonNode metadata = metadata(component);
    Map<String, String> types = new TreeMap<>();
    for (Map.Entry<String, JsonNode> option : metadata.path("properties").properties()) {
      if (!INHERITED.contains(option.getKey())) {
        types.put(option.getKey(), option.getValue().path("javaType").asText());
        assertThat(option.getValue().path("description").asText()).isNotBlank();
      }
    }

    assertThat(metadata.at("/component/description").asText()).isNotBlank().doesNotContain("{");
    assertThat(types).isEqualTo(declared(endpoint));
    JsonNode from =
        new YAMLMapper()
            .readTree(Path.of("routes-yaml", route + ".yaml").toFile())
            .at("/0/route/from");
    assertThat(from.path("uri").asText()).startsWith(component + ":");
    Set<String> used = new TreeSet<>();
    from.path("parameters").fieldNames().forEachRemaining(used::add);
    assertThat(types.keySet()).containsAll(used);
  }

  private static JsonNode metadata(String component) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      return new ObjectMapper().readTree(camel.getComponentParameterJsonSchema(component));
    }
  }

  private static Map<String, String> declared(Class<?> endpoint) {
    Map<String, String> types = new TreeMap<>();
    Stream.of(endpoint.getDeclaredFields())
        .filter(
            field ->
                field.isAnnotationPresent(UriParam.class)
                    || field.isAnnotationPresent(UriPath.class))
        .forEach(field -> types.put(field.getName(), field.getType().getName()));
    return types;
  }
}

package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import routes.Settings;
import routes.cloud.AwsSettings;
import routes.kinesis.leases.LeaseSettings.ShardCoordination;

/** What can be said of {@code docker-compose.yml} without Docker. */
class ComposeTest {

  /** {@code ${NAME:-default}}. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

  private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

  private final ObjectMapper json = new ObjectMapper();
  private JsonNode services;

  /** As Compose reads it where no variable is set. */
  @BeforeEach
  void read() throws IOException {
    String text = Files.readString(Path.of("docker-compose.yml"));
    Object file = new Yaml().load(VARIABLE.matcher(text).replaceAll("$1"));
    services = json.valueToTree(file).get("services");
  }

  @Test
  void localstack_is_pinned_to_the_last_tag_that_needs_no_account() {
    assertThat(services.at("/aws/image").asText()).isEqualTo("localstack/localstack:4.14.0");
  }

  @Test
  void no_port_is_open_to_other_machines() {
    assertThat(services).hasSize(4);
    assertThat(services.at("/figures").has("ports")).isFalse();
    assertThat(services.at("/worker").has("ports")).isFalse();
    for (String service : List.of("aws", "app")) {
      assertThat(services.get(service).get("ports"))
          .isNotEmpty()
          .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  @Test
  void the_app_waits_for_an_emulator_that_has_what_it_uses() {
    assertThat(services.at("/aws/healthcheck/test/1").asText()).contains("$$DLQ_QUEUE_NAME");
    assertThat(services.at("/app/depends_on/aws/condition").asText()).isEqualTo("service_healthy");
    assertThat(Path.of("docker/ready.d/create-resources.sh")).isExecutable();
  }

  @Test
  void the_emulator_has_what_the_app_asks_for_by_the_names_it_has_by_default() throws IOException {
    assertThat(Settings.load(environment("app")).resources())
        .isEqualTo(Settings.load(Map.of()).resources());
    assertThat(environment("app")).containsAllEntriesOf(namesInTheScript());
    assertThat(environment("aws")).containsAllEntriesOf(namesInTheScript());
  }

  @Test
  void every_variable_of_the_app_is_a_setting_or_a_credential() throws IOException {
    Set<String> known = new HashSet<>(Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
    Listing.all().forEach(listing -> known.addAll(listing.variables()));

    assertThat(known).containsAll(environment("app").keySet());
  }

  @Test
  void the_app_uses_the_emulator_and_creates_nothing_in_it() {
    assertThat(Settings.load(environment("app")).aws())
        .isEqualTo(
            new AwsSettings(
                Cloud.AWS, Optional.of(URI.create("http://aws:4566")), "us-east-1", true, false));
  }

  @Test
  void docker_gives_the_app_the_time_it_takes_to_stop() {
    String period = services.at("/app/stop_grace_period").asText();

    assertThat(Duration.parse("PT" + period)).isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void the_workers_share_the_delivery_and_come_back_when_they_end() {
    Settings worker = Settings.load(environment("worker"));

    assertThat(worker.role()).isEqualTo(Role.DELIVER);
    assertThat(worker.leases().coordination()).isEqualTo(ShardCoordination.KCL);
    assertThat(worker.aws()).isEqualTo(Settings.load(environment("app")).aws());
    assertThat(worker.resources()).isEqualTo(Settings.load(environment("app")).resources());
    assertThat(services.at("/worker/restart").asText()).isEqualTo("always");
    assertThat(services.at("/worker/deploy/replicas").asInt()).isEqualTo(3);
    assertThat(services.at("/worker/profiles/0").asText()).isEqualTo("workers");
    assertThat(services.at("/worker/stop_grace_period"))
        .isEqualTo(services.at("/app/stop_grace_period"));
  }

  @Test
  void the_app_can_write_nowhere_but_into_volumes() {
    assertThat(services.at("/app/read_only").asBoolean()).isTrue();
    assertThat(services.at("/app/cap_drop/0").asText()).isEqualTo("ALL");
  }

  private Map<String, String> environment(String service) {
    return json.convertValue(
        services.at("/" + service + "/environment"), new TypeReference<Map<String, String>>() {});
  }

  private static Map<String, String> namesInTheScript() throws IOException {
    Matcher names =
        SHELL_VARIABLE.matcher(Files.readString(Path.of("docker/ready.d/create-resources.sh")));
    Map<String, String> defaults = new TreeMap<>();
    names.results().forEach(name -> defaults.put(name.group(1), name.group(2)));
    defaults.remove("AWS_ENDPOINT_URL");
    return defaults;
  }
}

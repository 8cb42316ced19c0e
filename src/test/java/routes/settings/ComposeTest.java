package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be said of {@code docker-compose.yml} without Docker. */
class ComposeTest {

  private final YAMLMapper yaml = new YAMLMapper();
  private JsonNode services;

  @BeforeEach
  void read() throws IOException {
    services = yaml.readTree(new File("docker-compose.yml")).get("services");
  }

  @Test
  void localstack_is_pinned_to_the_last_tag_that_needs_no_account() {
    assertThat(services.at("/localstack/image").asText()).isEqualTo("localstack/localstack:4.14.0");
  }

  @Test
  void no_port_is_open_to_other_machines() {
    assertThat(services).hasSize(2);
    for (JsonNode service : services) {
      assertThat(service.get("ports"))
          .isNotEmpty()
          .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  @Test
  void the_app_waits_for_a_healthy_localstack() {
    assertThat(services.at("/localstack/healthcheck/test")).isNotEmpty();
    assertThat(services.at("/app/depends_on/localstack/condition").asText())
        .isEqualTo("service_healthy");
  }

  @Test
  void every_variable_of_the_app_is_a_setting_or_a_credential() throws IOException {
    Set<String> known = new HashSet<>(Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
    Listing.all().forEach(listing -> known.addAll(listing.variables()));

    assertThat(known).containsAll(environment().keySet());
  }

  @Test
  void the_app_uses_localstack_and_creates_what_is_missing() {
    assertThat(Settings.load(environment()).aws())
        .isEqualTo(
            new AwsSettings(
                Cloud.AWS,
                Optional.of(URI.create("http://localstack:4566")),
                "us-east-1",
                true,
                true));
  }

  @Test
  void docker_gives_the_app_the_time_it_takes_to_stop() {
    String period = services.at("/app/stop_grace_period").asText();

    assertThat(Duration.parse("PT" + period)).isGreaterThan(Duration.ofSeconds(10));
  }

  private Map<String, String> environment() {
    return yaml.convertValue(
        services.at("/app/environment"), new TypeReference<Map<String, String>>() {});
  }
}

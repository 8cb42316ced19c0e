package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelPropertiesTest {

  private static final List<String> SECRETS =
      List.of(
          "ingest.api-keys", "dashboard.token", "dashboard.alert-webhook", "tls.keystore-password");

  @TempDir Path routesDir;

  @Test
  void camel_gets_every_setting_but_the_secrets() throws IOException {
    assertThat(load(Map.of()).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Listing.all().stream()
                .map(Listing::property)
                .filter(property -> !SECRETS.contains(property))
                .toList());
  }

  @Test
  void camel_gets_sizes_in_bytes_durations_in_milliseconds_and_derived_defaults() {
    assertThat(load(Map.of("POLL_INTERVAL", "1.5", "OUTPUT_COMPRESSION", "GZIP")))
        .contains(
            entry("aws.cloud", "embedded"),
            entry("aws.force-path-style", "true"),
            entry("aws.create-resources", "true"),
            entry("ingest.host", "127.0.0.1"),
            entry("kinesis.poll-interval", "1500"),
            entry("flush.max-bytes", "5242880"),
            entry("delivery.buffer-bytes", "67108864"),
            entry("output.compression", "gzip"));
  }

  @Test
  void without_a_routes_folder_the_jars_copy_runs_and_nothing_is_watched() {
    assertThat(load(Map.of("ROUTES_DIR", routesDir.resolve("absent").toString())))
        .contains(
            entry("camel.main.routes-include-pattern", "classpath:routes-yaml/*.yaml"),
            entry("routes.reload", "false"));
  }

  @Test
  void a_link_to_the_routes_folder_is_resolved() throws IOException {
    Path folder = Files.createDirectory(routesDir.toRealPath().resolve("folder"));
    Path link = Files.createSymbolicLink(routesDir.resolve("link"), folder);

    assertThat(load(Map.of("ROUTES_DIR", link.toString())))
        .contains(entry("routes.dir", folder.toString()));
  }

  @Test
  void an_intake_does_not_deliver() {
    assertThat(load(Map.of("ROLE", "intake")))
        .contains(entry("camel.main.routes-exclude-pattern", "**/deliver.yaml"))
        .doesNotContainKey("camel.server.enabled");
  }

  @Test
  void a_delivering_worker_takes_nothing_in() {
    assertThat(load(Map.of("ROLE", "deliver")))
        .contains(
            entry("camel.main.routes-exclude-pattern", "**/ingest-*.yaml,**/health.yaml"),
            entry("camel.server.enabled", "false"));
  }

  private Map<String, String> load(Map<String, String> env) {
    Map<String, String> withRoutes = new HashMap<>(env);
    withRoutes.putIfAbsent("ROUTES_DIR", routesDir.toString());
    return Settings.load(withRoutes).asProperties();
  }
}

package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.Settings;

class CamelPropertiesTest {

  private static final List<String> SECRETS =
      List.of(
          "ingest.api-keys",
          "demo.api-key",
          "dashboard.token",
          "dashboard.alert-webhook",
          "speed.password",
          "tls.keystore-password");

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
            entry("flush.interval-ms", "10000"),
            entry("flush.max-bytes", "5242880"),
            entry("batch.buffer-bytes", Long.toString(Runtime.getRuntime().maxMemory() / 8)),
            entry(
                "batch.flush-bytes",
                Long.toString(Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 16))),
            entry("delivery.buffer-bytes", Long.toString(Runtime.getRuntime().maxMemory() / 8)),
            entry("output.compression", "gzip"),
            entry("speed.jdbc-url", "embedded"));
  }

  private Map<String, String> load(Map<String, String> env) {
    Map<String, String> withRoutes = new HashMap<>(env);
    withRoutes.putIfAbsent("ROUTES_DIR", routesDir.toString());
    return Settings.load(withRoutes).properties();
  }
}

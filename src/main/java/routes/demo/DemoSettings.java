package routes.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import routes.settings.Role;
import routes.settings.Secret;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * The demo: a simulated town that sends logs, traces and metrics.
 *
 * @param enabled whether it runs from the start
 * @param port of its page and REST API; 0 = any free port
 * @param url of the intake it sends to; empty = that of this process, or of this machine
 * @param apiKey that the intake asks for; empty = one of {@code INGEST_API_KEYS}, if any
 * @param logsPerSecond on average over a week
 * @param anomaliesPerHour that come by themselves
 * @param scenariosDir scenarios beside those that come with the app; it need not exist
 */
public record DemoSettings(
    boolean enabled,
    int port,
    Optional<URI> url,
    Optional<Secret> apiKey,
    int logsPerSecond,
    int seed,
    int anomaliesPerHour,
    Path scenariosDir) {

  /** Reads them. */
  public static DemoSettings from(SettingsReader reader, Role role) {
    Value key = reader.value("demo.api-key");
    return new DemoSettings(
        reader.value("demo.enabled").flag() || role == Role.DEMO,
        reader.value("demo.port").port(),
        reader.value("demo.url").ifSet(Value::url),
        key.isSet() ? Optional.of(key.secret()) : Optional.empty(),
        reader.value("demo.logs-per-second").integer(1, 1_000_000),
        reader.value("demo.seed").integer(0, Integer.MAX_VALUE),
        reader.value("demo.anomalies-per-hour").integer(0, 1000),
        reader.value("demo.scenarios-dir").path());
  }
}

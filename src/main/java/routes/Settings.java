package routes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import routes.cloud.AwsSettings;
import routes.cloud.ResourceSettings;
import routes.delivery.DeliverySettings;
import routes.demo.DemoSettings;
import routes.errors.ErrorsSettings;
import routes.http.TlsSettings;
import routes.http.api.DashboardSettings;
import routes.ingest.IngestSettings;
import routes.kafka.KafkaSettings;
import routes.kinesis.leases.LeaseSettings;
import routes.kinesis.publish.PublishSettings;
import routes.kinesis.read.ReadSettings;
import routes.local.LocalCloudSettings;
import routes.record.RecordSettings;
import routes.reload.RoutesSettings;
import routes.settings.Cloud;
import routes.settings.Role;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;
import routes.speed.SpeedSettings;

/**
 * The settings of every floor, checked. {@code application.properties} says what each one means and
 * which environment variable it comes from.
 *
 * @param logFormat how the app's own log is written; {@code logback.xml} takes it from the
 *     environment itself, as it is read before any setting, and calls its appenders so
 * @param kafka empty = the streams are on Kinesis
 * @param tls empty = plain HTTP
 * @param properties all but the secrets, for Camel
 */
public record Settings(
    Role role,
    String logFormat,
    AwsSettings aws,
    LocalCloudSettings localCloud,
    ResourceSettings resources,
    Optional<KafkaSettings> kafka,
    RecordSettings records,
    IngestSettings intake,
    PublishSettings publish,
    ReadSettings reading,
    LeaseSettings leases,
    DeliverySettings delivery,
    SpeedSettings speed,
    ErrorsSettings errors,
    DashboardSettings dashboard,
    Optional<TlsSettings> tls,
    RoutesSettings routes,
    DemoSettings demo,
    NavigableMap<String, String> properties) {

  private static final Pattern LOG_FORMAT = Pattern.compile("text|json");

  /**
   * Reads the settings from an environment, normally {@link System#getenv()}.
   *
   * @throws SettingsException if a value is not allowed or two do not go together
   */
  public static Settings load(Map<String, String> env) {
    SettingsReader reader = new SettingsReader(env);
    Role role = reader.value("app.role").oneOf(Role.class);
    AwsSettings aws = AwsSettings.from(reader, role);
    LocalCloudSettings localCloud = LocalCloudSettings.from(reader);
    Optional<KafkaSettings> kafka = KafkaSettings.from(reader);
    Settings settings =
        new Settings(
            role,
            reader.value("log.format").matching(LOG_FORMAT, "text or json"),
            aws,
            localCloud,
            ResourceSettings.from(reader),
            kafka,
            RecordSettings.from(reader),
            IngestSettings.from(reader, aws.cloud()),
            PublishSettings.from(reader),
            ReadSettings.from(reader),
            LeaseSettings.from(reader, aws.cloud(), kafka.isPresent()),
            DeliverySettings.from(reader, aws.cloud()),
            SpeedSettings.from(reader, aws.cloud(), localCloud.dataDir()),
            ErrorsSettings.from(reader),
            DashboardSettings.from(reader, aws.cloud()),
            TlsSettings.from(reader),
            RoutesSettings.from(reader),
            DemoSettings.from(reader, role),
            reader.properties());
    settings.refuseSharedPorts();
    return settings;
  }

  /** Of the URLs of this app's servers, except the embedded cloud's. */
  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  private void refuseSharedPorts() {
    Map<String, Integer> opened = new LinkedHashMap<>();
    if (role.takesIn()) {
      opened.put("INGEST_PORT", intake.http().port());
      intake.http().grpcPort().ifPresent(port -> opened.put("OTLP_GRPC_PORT", port));
    }
    if (role.runsRoutes()) {
      opened.put("DASHBOARD_PORT", dashboard.port());
    }
    if (demo.enabled()) {
      opened.put("DEMO_PORT", demo.port());
    }
    if (aws.cloud() == Cloud.EMBEDDED && role != Role.DEMO) {
      opened.put("LOCAL_CLOUD_PORT", localCloud.port());
    }
    Map<Integer, String> taken = new HashMap<>();
    opened.forEach(
        (name, port) -> {
          String other = taken.put(port, name);
          if (other != null && port != 0) {
            throw new SettingsException(
                name
                    + "="
                    + port
                    + ": must not be "
                    + other
                    + " too; each needs a port of its own");
          }
        });
  }
}

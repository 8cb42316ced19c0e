package routes.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import routes.record.FieldNames;

/**
 * Every setting, checked. {@code application.properties} says what each one means and which
 * environment variable it comes from.
 *
 * @param fields the names that the fields of records go by
 * @param tls empty = plain HTTP
 */
public record Settings(
    Role role,
    LogFormat logFormat,
    AwsSettings aws,
    LocalCloudSettings localCloud,
    IntakeSettings intake,
    FieldNames fields,
    KinesisSettings kinesis,
    SharingSettings sharing,
    LakeSettings lake,
    DeliverySettings delivery,
    DashboardSettings dashboard,
    Optional<TlsSettings> tls,
    RoutesSettings routes) {

  /**
   * Reads the settings from an environment, normally {@link System#getenv()}.
   *
   * @throws SettingsException if a value is not allowed or two do not go together
   */
  public static Settings load(Map<String, String> env) {
    SettingsFile file = new SettingsFile(env);
    Role role = file.value("app.role").oneOf(Role.class);
    AwsSettings aws = AwsSettings.from(file, role, env);
    Settings settings =
        new Settings(
            role,
            LogFormat.of(file.value("log.format")),
            aws,
            LocalCloudSettings.from(file),
            IntakeSettings.from(file, aws.cloud()),
            FieldNameSettings.from(file),
            KinesisSettings.from(file),
            SharingSettings.from(file, aws.cloud()),
            LakeSettings.from(file),
            DeliverySettings.from(file),
            DashboardSettings.from(file, aws.cloud()),
            TlsSettings.from(file),
            RoutesSettings.from(file));
    settings.refuseSharedPorts();
    return settings;
  }

  /**
   * The checked values under the names they have in {@code application.properties}, for Camel to
   * use instead of the file's: derived defaults filled in, sizes in bytes, durations in
   * milliseconds. Secrets are left out; no route needs them.
   */
  public NavigableMap<String, String> asProperties() {
    return CamelProperties.of(this);
  }

  private void refuseSharedPorts() {
    Map<String, Integer> opened = new LinkedHashMap<>();
    if (role.takesIn()) {
      opened.put("INGEST_PORT", intake.port());
    }
    if (role != Role.CLOUD) {
      opened.put("DASHBOARD_PORT", dashboard.port());
    }
    if (aws.cloud() == Cloud.EMBEDDED) {
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

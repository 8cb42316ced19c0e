package routes.settings;

import java.util.Optional;

/**
 * The dashboard, its REST API, health and metrics.
 *
 * @param port 0 = any free port
 * @param token empty = open
 */
public record DashboardSettings(String host, int port, Optional<Secret> token) {

  static DashboardSettings from(SettingsFile file, Cloud cloud) {
    Value token = file.value("dashboard.token");
    return new DashboardSettings(
        Host.of(file.value("dashboard.host"), cloud),
        file.value("dashboard.port").port(),
        token.isSet() ? Optional.of(token.secret()) : Optional.empty());
  }
}

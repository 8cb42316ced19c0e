package routes.settings;

import java.util.Optional;

/**
 * The dashboard, its REST API, health and metrics.
 *
 * @param port 0 = any free port
 * @param token empty = open
 * @param alertWebhook a URL, secret as such URLs often are the only key; empty = nobody is told
 */
public record DashboardSettings(
    String host, int port, Optional<Secret> token, Optional<Secret> alertWebhook) {

  static DashboardSettings from(SettingsFile file, Cloud cloud) {
    Value token = file.value("dashboard.token");
    Value webhook = file.value("dashboard.alert-webhook");
    return new DashboardSettings(
        Host.of(file.value("dashboard.host"), cloud),
        file.value("dashboard.port").port(),
        token.isSet() ? Optional.of(token.secret()) : Optional.empty(),
        webhook.isSet() ? Optional.of(webhook.secretUrl()) : Optional.empty());
  }
}

package routes.http.api;

import java.util.Optional;
import routes.settings.Cloud;
import routes.settings.Host;
import routes.settings.Secret;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * The dashboard, its REST API, health and metrics.
 *
 * @param port 0 = any free port
 * @param token empty = open
 * @param alertWebhook a URL, secret as such URLs often are the only key; empty = nobody is told
 */
public record DashboardSettings(
    String host, int port, Optional<Secret> token, Optional<Secret> alertWebhook) {

  /** Reads them. */
  public static DashboardSettings from(SettingsReader reader, Cloud cloud) {
    Value token = reader.value("dashboard.token");
    Value webhook = reader.value("dashboard.alert-webhook");
    return new DashboardSettings(
        Host.of(reader.value("dashboard.host"), cloud),
        reader.value("dashboard.port").port(),
        token.isSet() ? Optional.of(token.secret()) : Optional.empty(),
        webhook.isSet() ? Optional.of(webhook.secretUrl()) : Optional.empty());
  }
}

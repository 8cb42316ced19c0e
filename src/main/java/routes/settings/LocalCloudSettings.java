package routes.settings;

import java.nio.file.Path;

/**
 * The embedded cloud.
 *
 * @param port 0 = any free port
 * @param dataDir where it keeps everything; only one process may hold it
 */
public record LocalCloudSettings(String host, int port, Path dataDir) {

  static LocalCloudSettings from(SettingsFile file) {
    return new LocalCloudSettings(
        Host.of(file.value("local-cloud.host"), Cloud.EMBEDDED),
        file.value("local-cloud.port").port(),
        file.value("local-cloud.data-dir").path());
  }
}

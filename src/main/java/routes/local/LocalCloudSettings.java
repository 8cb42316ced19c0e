package routes.local;

import java.nio.file.Path;
import routes.settings.Cloud;
import routes.settings.Host;
import routes.settings.SettingsReader;

/**
 * The embedded cloud.
 *
 * @param port 0 = any free port
 * @param dataDir where it keeps everything; only one process may hold it
 */
public record LocalCloudSettings(String host, int port, Path dataDir) {

  /** Reads them. */
  public static LocalCloudSettings from(SettingsReader reader) {
    return new LocalCloudSettings(
        Host.of(reader.value("local-cloud.host"), Cloud.EMBEDDED),
        reader.value("local-cloud.port").port(),
        reader.value("local-cloud.data-dir").path());
  }
}

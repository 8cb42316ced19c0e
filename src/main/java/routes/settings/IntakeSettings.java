package routes.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * How logs come in.
 *
 * @param port 0 = any free port
 * @param apiKeys the accepted keys; empty = everybody may send
 */
public record IntakeSettings(String host, int port, List<Secret> apiKeys, Path inboxDir) {

  static IntakeSettings from(SettingsFile file, Cloud cloud) {
    return new IntakeSettings(
        Host.of(file.value("ingest.host"), cloud),
        file.value("ingest.port").port(),
        file.value("ingest.api-keys").secrets(),
        file.value("inbox.dir").path());
  }
}

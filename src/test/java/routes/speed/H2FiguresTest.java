package routes.speed;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.Cloud;
import routes.settings.SettingsReader;

/** The database beside the embedded cloud. */
class H2FiguresTest extends FiguresContract {

  @TempDir Path folder;

  @Override
  String url() {
    return SpeedSettings.from(
            new SettingsReader(Map.of("SPEED_JDBC_URL", "embedded")), Cloud.EMBEDDED, folder)
        .url();
  }

  @Override
  String user() {
    return "camel-app";
  }
}

package routes.spool;

import java.nio.file.Path;
import java.util.Optional;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * Where what outgrows memory goes.
 *
 * @param dir empty = nowhere
 * @param maxBytes that lie there before objects are closed early
 */
public record SpoolSettings(Optional<Path> dir, long maxBytes) {

  private static final long MB = 1L << 20;

  /** Reads them. */
  public static SpoolSettings from(SettingsReader reader) {
    return new SpoolSettings(
        reader.value("spool.dir").ifSet(Value::path),
        reader.value("spool.max-bytes").bytes(MB, 1024 * 1024 * MB));
  }
}

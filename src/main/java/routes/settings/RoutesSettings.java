package routes.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the YAML routes are.
 *
 * @param reload whether a saved edit takes effect while the app runs
 */
public record RoutesSettings(Path dir, boolean reload) {

  static RoutesSettings from(SettingsFile file) {
    return new RoutesSettings(file.value("routes.dir").path(), file.value("routes.reload").flag());
  }

  /** Whether the folder is there; without it the copy inside the jar runs. */
  public boolean onDisk() {
    return Files.isDirectory(dir);
  }

  /** The folder itself where {@link #dir} is a symbolic link, which Camel does not follow. */
  Path realDir() {
    try {
      return Files.isSymbolicLink(dir) && onDisk() ? dir.toRealPath() : dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package routes.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.settings.Role;
import routes.settings.SettingsReader;

/**
 * Where the YAML routes are.
 *
 * @param reload whether a saved edit takes effect while the app runs
 */
public record RoutesSettings(Path dir, boolean reload) {

  /** Reads them. */
  public static RoutesSettings from(SettingsReader reader) {
    return new RoutesSettings(
        reader.value("routes.dir").path(), reader.value("routes.reload").flag());
  }

  /** Whether the folder is there; without it the copy inside the jar runs. */
  public boolean onDisk() {
    return Files.isDirectory(dir);
  }

  /**
   * What Camel Main is to load: the folder's files, or the copy inside the jar, without those that
   * are not for this process.
   */
  Map<String, String> camelProperties(Role role) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("routes.dir", realDir().toString());
    if (!onDisk()) {
      properties.put("camel.main.routes-include-pattern", "classpath:routes-yaml/*.yaml");
    }
    if (!role.takesIn()) {
      properties.put("camel.server.enabled", "false");
    }
    if (role != Role.ALL) {
      properties.put("camel.main.routes-exclude-pattern", String.join(",", excluded(role)));
    }
    return properties;
  }

  /** Patterns of the files that are not for a process of this role. */
  List<String> excluded(Role role) {
    List<String> patterns = new ArrayList<>();
    if (!role.takesIn()) {
      patterns.addAll(List.of("**/ingest-*.yaml", "**/health.yaml"));
    }
    if (!role.delivers()) {
      patterns.add("**/deliver.yaml");
    }
    return patterns;
  }

  /** The folder itself where {@link #dir} is a symbolic link, which Camel does not follow. */
  private Path realDir() {
    try {
      return Files.isSymbolicLink(dir) && onDisk() ? dir.toRealPath() : dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

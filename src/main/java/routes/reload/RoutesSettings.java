package routes.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;
import routes.settings.Role;
import routes.settings.SettingsReader;

/**
 * Where the YAML routes are.
 *
 * @param reload whether a saved edit takes effect while the app runs
 */
public record RoutesSettings(Path dir, boolean reload) {

  private static final String COPIES = "routes-yaml/";

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
   * What Camel Main is to load: the folder's files, or the copy inside the jar. Which routes are
   * for a process of this role is said by their preconditions.
   */
  Map<String, String> camelProperties(Role role) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("routes.dir", realDir().toString());
    if (!onDisk()) {
      properties.put("camel.main.routes-include-pattern", copies());
    }
    if (!role.takesIn()) {
      properties.put("camel.server.enabled", "false");
    }
    return properties;
  }

  /** The copies' names, one by one: for a pattern Camel would inflate all of the jar, twice. */
  private static String copies() {
    try {
      URL folder = Objects.requireNonNull(RoutesSettings.class.getResource("/" + COPIES));
      return folder.openConnection() instanceof JarURLConnection jar
          ? jar.getJarFile().stream()
              .map(JarEntry::getName)
              .filter(name -> name.startsWith(COPIES) && name.endsWith(".yaml"))
              .map("classpath:"::concat)
              .collect(Collectors.joining(","))
          : "classpath:" + COPIES + "*.yaml";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

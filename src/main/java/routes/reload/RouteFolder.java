package routes.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.util.AntPathMatcher;

/**
 * The route files of a folder and what of them was edited.
 *
 * <p>The folder is read again on every look instead of watched: the file system reports one save as
 * several events and a swapped symbolic link, how Kubernetes updates a mount, as none.
 */
final class RouteFolder {

  private final Path dir;
  private final String[] excluded;
  private final Map<String, String> known;
  private Map<String, String> seen;

  /**
   * Takes the texts as they are now for known.
   *
   * @param excluded patterns of files that do not run here, as Camel takes them
   */
  RouteFolder(Path dir, List<String> excluded) throws IOException {
    this.dir = dir;
    this.excluded = excluded.toArray(String[]::new);
    known = read();
    seen = known;
  }

  /** The text of every file as it was at first. */
  Map<String, String> known() {
    return Map.copyOf(known);
  }

  /**
   * The new texts by file name, each once. A text counts when two looks in a row see it, for an
   * editor may be half done, and when it is not empty.
   */
  Map<String, String> edits() throws IOException {
    Map<String, String> now = read();
    Map<String, String> edits = new TreeMap<>(now);
    edits.entrySet().removeIf(file -> !isEdit(file.getKey(), file.getValue()));
    known.putAll(edits);
    seen = now;
    return edits;
  }

  private boolean isEdit(String file, String text) {
    return !text.isBlank() && text.equals(seen.get(file)) && !text.equals(known.get(file));
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, this::isRouteFile)) {
      for (Path file : files) {
        read(file).ifPresent(text -> texts.put(file.getFileName().toString(), text));
      }
    }
    return texts;
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(new String(Files.readAllBytes(file), UTF_8));
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    }
  }

  private boolean isRouteFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml")
        && !name.startsWith(".")
        && Files.isRegularFile(file)
        && !AntPathMatcher.INSTANCE.anyMatch(excluded, file.toString());
  }
}

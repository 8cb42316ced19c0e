package routes.reload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The route files of a folder and what of them was edited.
 *
 * <p>The folder is looked through every time instead of watched: the file system reports one save
 * as several events and a swapped symbolic link, how Kubernetes updates a mount, as none.
 */
final class RouteFolder {

  /** A file saved later than that before it was read may be saved again at the same time. */
  private static final Duration SAME_TIME = Duration.ofSeconds(2);

  private final Path dir;
  private final Map<String, Saved> files = new HashMap<>();
  private final Map<String, String> known;
  private final Set<String> told = new HashSet<>();
  private final Map<String, String> passedOver = new TreeMap<>();
  private Map<String, String> seen;

  /** A file as it was read: its text, and what is no longer the same when it was saved again. */
  private record Saved(FileTime time, long size, @Nullable Object key, Instant read, String text) {

    static Saved of(Path file, BasicFileAttributes now, Instant read) throws IOException {
      return new Saved(
          now.lastModifiedTime(),
          now.size(),
          now.fileKey(),
          read,
          new String(Files.readAllBytes(file), UTF_8));
    }

    boolean isStill(BasicFileAttributes now) {
      return time.equals(now.lastModifiedTime())
          && size == now.size()
          && Objects.equals(key, now.fileKey())
          && time.toInstant().plus(SAME_TIME).isBefore(read);
    }
  }

  /** Takes the texts as they are now for known. */
  RouteFolder(Path dir) throws IOException {
    this.dir = dir;
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

  /** What was found since this was asked last that is not read, by name, with the reason. */
  Map<String, String> passedOver() {
    Map<String, String> news = new TreeMap<>(passedOver);
    passedOver.clear();
    return news;
  }

  /** What everybody on this machine can write to, of the folder and its files: they are code. */
  List<Path> openToAll() throws IOException {
    List<Path> open = new ArrayList<>();
    if (!Files.getFileStore(dir).isReadOnly()) {
      List<Path> all = new ArrayList<>(List.of(dir));
      known.keySet().forEach(file -> all.add(dir.resolve(file)));
      for (Path path : all) {
        if (isOpenToAll(path)) {
          open.add(path);
        }
      }
    }
    return open;
  }

  private boolean isEdit(String file, String text) {
    return !text.isBlank() && text.equals(seen.get(file)) && !text.equals(known.get(file));
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String objection = objection(name, file);
        if (objection.isEmpty()) {
          read(name, file).ifPresent(text -> texts.put(name, text));
        } else if (!name.startsWith(".") && told.add(name)) {
          passedOver.put(name, objection);
        }
      }
    }
    return texts;
  }

  /** Why an entry holds no routes; empty if it may. */
  private static String objection(String name, Path file) {
    if (name.startsWith(".")) {
      return "it is hidden";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return name.endsWith(".yaml") ? "" : "its name does not end in .yaml";
  }

  private static boolean isOpenToAll(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }

  private Optional<String> read(String name, Path file) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Saved saved = files.get(name);
      if (saved == null || !saved.isStill(now)) {
        saved = Saved.of(file, now, Instant.now());
        files.put(name, saved);
      }
      return Optional.of(saved.text());
    } catch (NoSuchFileException deleted) {
      return Optional.empty();
    }
  }
}

package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells which keys can be files of their own. S3 has flat keys of any text; a file system takes
 * some of them for one file, or for a folder and a file of the same name.
 */
@ThreadSafe
final class ObjectKeys {

  /** That of the bytes of UTF-8, as on S3, which is that of code points and not of characters. */
  static final Comparator<String> ORDER =
      (one, other) -> {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
          char a = one.charAt(i);
          char b = other.charAt(i);
          if (a != b) {
            boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
            return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
          }
        }
        return one.length() - other.length();
      };

  /** In bytes, as on S3. */
  private static final int MAX_KEY_BYTES = 1024;

  /** In bytes, as on all common file systems. */
  private static final int MAX_NAME_BYTES = 255;

  /** Names that S3Proxy, which wrote these folders once, had for files that are no objects. */
  private static final List<String> RESERVED = List.of(".mpus-", ".s3proxy-");

  private final Path objects;
  private final boolean namesAreExact;

  /**
   * @param objects the directory that holds a directory per bucket
   * @param namesAreExact whether each spelling of a name is a file of its own; elsewhere upper and
   *     lower case, or ways to write an accent, are one
   */
  ObjectKeys(Path objects, boolean namesAreExact) {
    this.objects = objects;
    this.namesAreExact = namesAreExact;
  }

  /** Whether a file or folder of that name, without the folders before it, is no object. */
  static boolean isReserved(String name) {
    return RESERVED.stream().anyMatch(name::startsWith);
  }

  /** Why no object can be put at a key, as a sentence; empty when one can. */
  Optional<String> objection(String bucket, String key) {
    return objectionToForm(key).or(() -> objectionToPlace(bucket, key));
  }

  /** Whether a file or folder under this key is the key's own, if there is one. */
  boolean isOwn(String bucket, String key) {
    return objectionToForm(key).isEmpty()
        && Files.isDirectory(pathOf(bucket, key)) == key.endsWith("/")
        && objectAmongFolders(bucket, key).isEmpty()
        && otherSpelling(bucket, key).isEmpty();
  }

  private Optional<String> objectionToForm(String key) {
    if (utf8Length(key) > MAX_KEY_BYTES) {
      return Optional.of("it is longer than %s bytes".formatted(MAX_KEY_BYTES));
    }
    if (!Xml.hasForm(key)) {
      return Optional.of("it has a control character, which no listing could show");
    }
    String folder = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    for (String name : folder.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return Optional.of("'%s' between slashes is no name of a file".formatted(name));
      }
      if (isReserved(name)) {
        return Optional.of("names that begin like '%s' are in use here".formatted(name));
      }
      if (utf8Length(name) > MAX_NAME_BYTES) {
        return Optional.of("'%s' is longer than %s bytes".formatted(name, MAX_NAME_BYTES));
      }
    }
    try {
      return objects.getFileSystem().getPath(folder).toString().equals(folder)
          ? Optional.empty()
          : Optional.of("it is no path of a file on this system");
    } catch (InvalidPathException invalid) {
      return Optional.of("it is no path of a file on this system: " + invalid.getReason());
    }
  }

  private Optional<String> objectionToPlace(String bucket, String key) {
    Path path = pathOf(bucket, key);
    if (!key.endsWith("/") && Files.isDirectory(path)) {
      return Optional.of("'%s/' is a folder".formatted(key));
    }
    return objectAmongFolders(bucket, key)
        .map(object -> "there is an object '%s'".formatted(object))
        .or(
            () ->
                otherSpelling(bucket, key)
                    .map(other -> "on this file system it is the same as '%s'".formatted(other)));
  }

  /** The key of an object where this key needs a folder. */
  private Optional<String> objectAmongFolders(String bucket, String key) {
    Path root = objects.resolve(bucket);
    Path path = pathOf(bucket, key);
    Path folder = key.endsWith("/") ? path : path.getParent();
    while (folder != null && !folder.equals(root) && !Files.isDirectory(folder)) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(root.relativize(folder).toString());
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  /** The name that a file or a folder on the way to the key has, if it is spelt otherwise. */
  private Optional<String> otherSpelling(String bucket, String key) {
    if (namesAreExact) {
      return Optional.empty();
    }
    Path path = objects.resolve(bucket);
    for (String name : key.split("/", -1)) {
      Path folder = path;
      path = folder.resolve(name);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Optional<String> other = otherSpellingIn(folder, path);
        if (other.isPresent()) {
          return other;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> otherSpellingIn(Path folder, Path path) {
    try (var names = Files.list(folder)) {
      List<Path> same = names.filter(name -> isSame(name, path)).toList();
      return same.stream().anyMatch(name -> name.toString().equals(path.toString()))
          ? Optional.empty()
          : same.stream().map(name -> String.valueOf(name.getFileName())).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException gone) {
      return false;
    }
  }

  private Path pathOf(String bucket, String key) {
    return objects.resolve(bucket).resolve(key);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

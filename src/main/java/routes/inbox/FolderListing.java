package routes.inbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lies in a folder. Names that begin with a dot are left out, by which tools mark files they
 * have not finished.
 *
 * @param files the regular files, the least recently changed first
 * @param others what else there is, by name, with what it is
 */
record FolderListing(List<FileState> files, Map<String, String> others) {

  static FolderListing of(Path folder) throws IOException {
    List<FileState> files = new ArrayList<>();
    Map<String, String> others = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path path : entries) {
        String name = path.getFileName().toString();
        if (!name.startsWith(".")) {
          list(path, name, files, others);
        }
      }
    }
    files.sort(FileState.OLDEST_FIRST);
    return new FolderListing(files, others);
  }

  /** The keys of the files. */
  Set<String> keys() {
    return files.stream().map(FileState::key).collect(Collectors.toSet());
  }

  private static void list(
      Path path, String name, List<FileState> files, Map<String, String> others)
      throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        files.add(FileState.of(path, attributes));
      } else if (attributes.isDirectory()) {
        others.put(name, "it is a folder");
      } else if (attributes.isSymbolicLink()) {
        others.put(name, "it is a symbolic link");
      } else {
        others.put(name, "it is no regular file");
      }
    } catch (NoSuchFileException gone) {
      // Deleted or renamed since the folder was opened: the next listing shows it as it is then.
    }
  }
}

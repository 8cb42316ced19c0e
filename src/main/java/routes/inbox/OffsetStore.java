package routes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import routes.files.DurableFiles;

/**
 * Keeps file offsets in a folder, one small JSON document each, which after a crash is as it was
 * before or as it should be.
 */
final class OffsetStore {

  private static final String DOCUMENT = ".json";
  private static final int NAME_DIGITS = 32;

  private final ObjectMapper json = new ObjectMapper();
  private final Path folder;

  OffsetStore(Path folder) {
    this.folder = folder;
  }

  List<FileOffset> load() throws IOException {
    List<FileOffset> offsets = new ArrayList<>();
    try (DirectoryStream<Path> documents = Files.newDirectoryStream(folder, "*" + DOCUMENT)) {
      for (Path document : documents) {
        offsets.add(read(document));
      }
    }
    return offsets;
  }

  void save(FileOffset offset) throws IOException {
    DurableFiles.replace(documentOf(offset), json.writeValueAsBytes(offset));
  }

  void delete(FileOffset offset) throws IOException {
    Files.deleteIfExists(documentOf(offset));
  }

  private FileOffset read(Path document) throws IOException {
    try {
      return json.readValue(Files.readAllBytes(document), FileOffset.class);
    } catch (JsonProcessingException broken) {
      throw new IOException(
          "%s is no file offset; without it, its file is published from its start: %s"
              .formatted(document, broken.getOriginalMessage()),
          broken);
    }
  }

  private Path documentOf(FileOffset offset) {
    String name =
        Hashing.sha256()
            .hashString(offset.origin() + "@" + offset.since(), StandardCharsets.UTF_8)
            .toString();
    return folder.resolve(name.substring(0, NAME_DIGITS) + DOCUMENT);
  }
}

package routes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps file offsets in a folder, one small JSON document each, which after a crash is as it was
 * before or as it should be.
 */
final class OffsetStore {

  private static final String DOCUMENT = ".json";
  private static final int NAME_DIGITS = 32;
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

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
    Path document = documentOf(offset);
    Path draft = folder.resolve(document.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(offset));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        draft, document, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceNames();
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

  /** Makes a document's new name outlast a crash of the machine; Windows has no such thing. */
  private void forceNames() throws IOException {
    if (!WINDOWS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}

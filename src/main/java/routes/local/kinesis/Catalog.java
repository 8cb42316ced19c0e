package routes.local.kinesis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import routes.files.DurableFiles;

/** The file that remembers streams and shards, always replaced as a whole. */
final class Catalog {

  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path file;

  Catalog(Path directory) {
    file = directory.resolve("catalog.json");
  }

  Content load() throws IOException {
    if (!Files.exists(file)) {
      return new Content(VERSION, 0, List.of());
    }
    Content content = JSON.readValue(file.toFile(), Content.class);
    if (content.version() != VERSION) {
      throw new IOException(
          "%s has version %s, only %s is known here".formatted(file, content.version(), VERSION));
    }
    return content;
  }

  void save(long lastCreation, List<StreamInfo> streams) throws IOException {
    DurableFiles.replace(file, JSON.writeValueAsBytes(new Content(VERSION, lastCreation, streams)));
  }

  /**
   * What the file holds.
   *
   * @param lastCreation epoch milliseconds of the youngest stream ever, deleted or not, so that no
   *     two get the same
   */
  record Content(int version, long lastCreation, List<StreamInfo> streams) {}
}

package routes.local.sqs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Queues on disk: a directory for each, with its settings and one JSON file for each message.
 *
 * <p>A file appears or changes as a whole, so a killed process leaves no half message. Not safe for
 * use by several threads.
 */
final class QueueFiles {

  private static final String SETTINGS = "queue.json";
  private static final String MESSAGE = ".message.json";
  private static final String UNFINISHED = ".new";

  private final Path directory;
  private final JsonMapper json = new JsonMapper();

  QueueFiles(Path directory) {
    this.directory = directory;
  }

  void save(StoredQueue queue) throws IOException {
    Files.createDirectories(directory.resolve(queue.name()));
    write(directory.resolve(queue.name()).resolve(SETTINGS), queue);
  }

  void save(String queue, StoredMessage message) throws IOException {
    write(fileOf(queue, message.id()), message);
  }

  /** Does nothing when there is no such message. */
  void delete(String queue, String messageId) throws IOException {
    Files.deleteIfExists(fileOf(queue, messageId));
  }

  /** Deletes a queue with its messages. */
  void delete(String queue) throws IOException {
    Path files = directory.resolve(queue);
    // The settings first: without them what is left is no queue.
    Files.deleteIfExists(files.resolve(SETTINGS));
    for (Path file : list(files, "*")) {
      Files.delete(file);
    }
    Files.delete(files);
  }

  List<StoredQueue> queues() throws IOException {
    List<StoredQueue> queues = new ArrayList<>();
    for (Path queue : list(directory, "*")) {
      Path settings = queue.resolve(SETTINGS);
      if (Files.exists(settings)) {
        queues.add(json.readValue(settings.toFile(), StoredQueue.class));
      }
    }
    return queues;
  }

  List<StoredMessage> messages(String queue) throws IOException {
    List<StoredMessage> messages = new ArrayList<>();
    for (Path file : list(directory.resolve(queue), "*" + MESSAGE)) {
      messages.add(json.readValue(file.toFile(), StoredMessage.class));
    }
    return messages;
  }

  private Path fileOf(String queue, String messageId) {
    return directory.resolve(queue).resolve(messageId + MESSAGE);
  }

  private void write(Path file, Object content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.write(unfinished, json.writeValueAsBytes(content));
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> list(Path directory, String glob) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      List<Path> result = new ArrayList<>();
      files.forEach(result::add);
      return result;
    }
  }
}

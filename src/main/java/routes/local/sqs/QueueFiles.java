package routes.local.sqs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import routes.files.DurableFiles;

/**
 * Queues on disk: a directory for each, with its settings and one JSON file for each message.
 *
 * <p>A file appears or changes as a whole, so a killed process leaves no half message. A message's
 * file stays as it came; how it is being delivered is in an extended attribute, because that
 * changes with every receive and need not outlast a crash of the machine. Not safe for use by
 * several threads.
 */
final class QueueFiles {

  private static final String SETTINGS = "queue.json";
  private static final String MESSAGE = ".message.json";
  private static final String DELIVERY = "delivery";

  private final Path directory;
  private final JsonMapper json = new JsonMapper();

  QueueFiles(Path directory) {
    this.directory = directory;
  }

  void save(StoredQueue queue) throws IOException {
    DurableFiles.createDirectories(directory.resolve(queue.name()));
    DurableFiles.replace(
        directory.resolve(queue.name()).resolve(SETTINGS), json.writeValueAsBytes(queue));
  }

  /** After a crash of the machine the message is there. */
  void add(String queue, StoredMessage message) throws IOException {
    DurableFiles.replace(fileOf(queue, message.id()), json.writeValueAsBytes(message));
  }

  /** After a crash of the machine the message may be delivered as before. */
  void changeDelivery(String queue, StoredMessage message) throws IOException {
    ObjectNode delivery = json.valueToTree(message);
    attributes(fileOf(queue, message.id()))
        .write(
            DELIVERY,
            ByteBuffer.wrap(json.writeValueAsBytes(delivery.retain(StoredMessage.DELIVERY))));
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
      ObjectNode message = (ObjectNode) json.readTree(file.toFile());
      UserDefinedFileAttributeView attributes = attributes(file);
      if (attributes.list().contains(DELIVERY)) {
        ByteBuffer delivery = ByteBuffer.allocate(attributes.size(DELIVERY));
        attributes.read(DELIVERY, delivery);
        message.setAll((ObjectNode) json.readTree(delivery.array()));
      }
      messages.add(json.treeToValue(message, StoredMessage.class));
    }
    return messages;
  }

  private Path fileOf(String queue, String messageId) {
    return directory.resolve(queue).resolve(messageId + MESSAGE);
  }

  private static UserDefinedFileAttributeView attributes(Path file) {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }

  private static List<Path> list(Path directory, String glob) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
      List<Path> result = new ArrayList<>();
      files.forEach(result::add);
      return result;
    }
  }
}

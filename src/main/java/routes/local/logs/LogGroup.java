package routes.local.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import routes.files.DurableFiles;

/** A group with its log streams. Every change is on disk before a method returns. */
final class LogGroup {

  private static final String GROUP = "group.json";
  private static final String STREAM = "stream.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final TreeMap<String, LogStream> streams = new TreeMap<>();
  private StoredGroup settings;

  private LogGroup(Path directory, StoredGroup settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** Creates one in a directory of its own under this one. */
  static LogGroup create(Path groups, StoredGroup settings) throws IOException {
    LogGroup group = new LogGroup(groups.resolve(folder(settings.name())), settings);
    DurableFiles.createDirectories(group.directory);
    group.change(settings);
    return group;
  }

  /** Those that were created under a directory. */
  static List<LogGroup> restore(Path groups) throws IOException {
    List<LogGroup> restored = new ArrayList<>();
    for (Path directory : with(groups, GROUP)) {
      LogGroup group =
          new LogGroup(
              directory, JSON.readValue(directory.resolve(GROUP).toFile(), StoredGroup.class));
      for (Path stream : with(directory, STREAM)) {
        StoredStream stored = JSON.readValue(stream.resolve(STREAM).toFile(), StoredStream.class);
        group.streams.put(stored.name(), new LogStream(stored, stream));
      }
      restored.add(group);
    }
    return restored;
  }

  StoredGroup settings() {
    return settings;
  }

  void change(StoredGroup changed) throws IOException {
    DurableFiles.replace(directory.resolve(GROUP), JSON.writeValueAsBytes(changed));
    settings = changed;
  }

  /** What happened before is not kept, in milliseconds since 1970. */
  long expiry(long now) {
    Integer days = settings.retentionDays();
    return days == null ? 0 : now - Duration.ofDays(days).toMillis();
  }

  Map<String, LogStream> streams() {
    return streams;
  }

  LogStream stream(String name) {
    LogStream stream = streams.get(name);
    if (stream == null) {
      throw LogsException.notFound("stream", name);
    }
    return stream;
  }

  void createStream(StoredStream stream) throws IOException {
    Path folder = directory.resolve(folder(stream.name()));
    DurableFiles.createDirectories(folder);
    DurableFiles.replace(folder.resolve(STREAM), JSON.writeValueAsBytes(stream));
    streams.put(stream.name(), new LogStream(stream, folder));
  }

  void deleteStream(String name) throws IOException {
    streams.remove(name);
    delete(directory.resolve(folder(name)), STREAM);
  }

  /** Deletes the group with all that is in it. */
  void delete() throws IOException {
    delete(directory, GROUP);
  }

  /** The settings first: without them what is left is nothing. */
  private static void delete(Path folder, String settings) throws IOException {
    Files.deleteIfExists(folder.resolve(settings));
    DurableFiles.deleteTree(folder);
  }

  /** Names have up to 512 characters, slashes among them, and upper case counts. */
  private static String folder(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }

  private static List<Path> with(Path parent, String settings) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(child -> Files.exists(child.resolve(settings))).toList();
    }
  }
}

package routes.local.logs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import routes.files.DurableFiles;

/**
 * The events of one log stream on disk: a file of JSON Lines for each hour of their times, to which
 * what is put is appended. A killed process leaves at most a line without its end, which is no
 * event.
 */
final class EventFiles {

  static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final String SUFFIX = ".jsonl";
  private static final JsonMapper JSON = new JsonMapper();

  /** Takes an event and the number of its line, from 0. */
  interface Sink {
    void take(StoredEvent event, long line);
  }

  private final Path directory;

  private final NavigableMap<Long, Long> sizes = new TreeMap<>();

  EventFiles(Path directory) throws IOException {
    this.directory = directory;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUFFIX)) {
          long hour = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
          sizes.put(hour, cutToLines(file));
        }
      }
    }
  }

  /** The hour since 1970 that a time lies in. */
  static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS);
  }

  /** How many bytes there are of each hour since 1970 that has events. */
  NavigableMap<Long, Long> sizes() {
    return sizes;
  }

  /** Appends events, in any order, and answers how many bytes that were. */
  long append(List<StoredEvent> events) throws IOException {
    Map<Long, ByteArrayOutputStream> hours = new TreeMap<>();
    for (StoredEvent event : events) {
      ByteArrayOutputStream lines =
          hours.computeIfAbsent(hourOf(event.timestamp()), hour -> new ByteArrayOutputStream());
      lines.write(JSON.writeValueAsBytes(event));
      lines.write('\n');
    }
    long all = 0;
    for (Map.Entry<Long, ByteArrayOutputStream> hour : hours.entrySet()) {
      append(hour.getKey(), hour.getValue().toByteArray());
      all += hour.getValue().size();
    }
    return all;
  }

  /** Returns once the lines are on disk. */
  private void append(long hour, byte[] lines) throws IOException {
    long size = sizes.getOrDefault(hour, 0L);
    Path path = file(hour);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // What a full disk left of an earlier call is no event.
      file.truncate(size).position(size);
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      file.force(false);
    }
    if (size == 0) {
      DurableFiles.forceNameOf(path);
    }
    sizes.put(hour, size + lines.length);
  }

  /** Shows all events of an hour, in the order in which they were put. */
  void read(long hour, Sink sink) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file(hour))) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sink.take(JSON.readValue(line, StoredEvent.class), number++);
      }
    }
  }

  /** Deletes the events of an hour and answers how many bytes that were. */
  long delete(long hour) throws IOException {
    Files.deleteIfExists(file(hour));
    Long size = sizes.remove(hour);
    return size == null ? 0 : size;
  }

  private Path file(long hour) {
    return directory.resolve(hour + SUFFIX);
  }

  /** Cuts off a last line that has no end, and answers how many bytes are left. */
  private static long cutToLines(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long end = file.size();
      while (end > 0 && file.read(one.clear(), end - 1) == 1 && one.get(0) != '\n') {
        end--;
      }
      file.truncate(end);
      return end;
    }
  }
}

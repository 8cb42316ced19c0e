package routes.local.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** All groups by name, and how much of their events is kept. */
final class LogGroups {

  private final Path directory;
  private final long maxBytes;
  private final TreeMap<String, LogGroup> groups = new TreeMap<>();
  private long bytes;

  /**
   * @param maxBytes when all events take more than that, the oldest hours go
   */
  LogGroups(Path directory, long maxBytes) throws IOException {
    this.directory = directory;
    this.maxBytes = maxBytes;
    for (LogGroup group : LogGroup.restore(directory)) {
      groups.put(group.settings().name(), group);
      bytes += bytes(group);
    }
  }

  Collection<LogGroup> all() {
    return groups.values();
  }

  boolean has(String name) {
    return groups.containsKey(name);
  }

  LogGroup get(String name) {
    LogGroup group = groups.get(name);
    if (group == null) {
      throw LogsException.notFound("group", name);
    }
    return group;
  }

  void create(StoredGroup settings) throws IOException {
    groups.put(settings.name(), LogGroup.create(directory, settings));
  }

  void delete(LogGroup group) throws IOException {
    group.delete();
    groups.remove(group.settings().name());
    bytes -= bytes(group);
  }

  void deleteStream(LogGroup group, LogStream stream) throws IOException {
    group.deleteStream(stream.settings().name());
    bytes -= bytes(stream);
  }

  void put(LogStream stream, List<StoredEvent> events, long now) throws IOException {
    bytes += stream.files().append(events);
    dropExpired(now);
    boolean more = true;
    while (bytes > maxBytes && more) {
      more = dropOldestHour();
    }
  }

  private void dropExpired(long now) throws IOException {
    for (LogGroup group : groups.values()) {
      long first = EventFiles.hourOf(group.expiry(now));
      for (LogStream stream : group.streams().values()) {
        for (long hour : List.copyOf(stream.files().sizes().headMap(first).keySet())) {
          bytes -= stream.files().delete(hour);
        }
      }
    }
  }

  /** Whether there was one beside the newest. */
  private boolean dropOldestHour() throws IOException {
    TreeMap<Long, LogStream> oldest = new TreeMap<>();
    for (LogGroup group : groups.values()) {
      for (LogStream stream : group.streams().values()) {
        for (long hour : stream.files().sizes().keySet()) {
          oldest.put(hour, stream);
        }
      }
    }
    if (oldest.size() < 2) {
      return false;
    }
    bytes -= oldest.firstEntry().getValue().files().delete(oldest.firstKey());
    return true;
  }

  static long bytes(LogGroup group) {
    return group.streams().values().stream().mapToLong(LogGroups::bytes).sum();
  }

  private static long bytes(LogStream stream) {
    return stream.files().sizes().values().stream().mapToLong(Long::longValue).sum();
  }
}

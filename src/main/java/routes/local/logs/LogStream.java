package routes.local.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A log stream with its events. */
final class LogStream {

  /** What is asked for: times in milliseconds since 1970, the last one inclusive. */
  record Range(long from, long to, Predicate<String> messages) {

    boolean has(StoredEvent event) {
      return event.timestamp() >= from && event.timestamp() <= to && messages.test(event.message());
    }
  }

  private static final Range ALL = new Range(0, Long.MAX_VALUE, message -> true);

  private final StoredStream settings;
  private final EventFiles files;

  /** Tells events of different streams apart that have the same time and line. */
  private final String stream;

  LogStream(StoredStream settings, Path directory) throws IOException {
    this.settings = settings;
    this.files = new EventFiles(directory);
    this.stream =
        String.format(
            Locale.ROOT,
            "%010d%013d",
            Integer.toUnsignedLong(settings.name().hashCode()),
            settings.created());
  }

  StoredStream settings() {
    return settings;
  }

  EventFiles files() {
    return files;
  }

  /** Shows a page what is asked for, as far as any of it can be on it. */
  void show(Range range, EventPage page) throws IOException {
    for (long hour : hours(range, page.isFromHead())) {
      long nearest = page.isFromHead() ? hour : hour + 1;
      if (page.isBefore(id(nearest * EventFiles.HOUR_MILLIS, 0))) {
        return;
      }
      files.read(
          hour,
          (event, line) -> {
            if (range.has(event)) {
              page.show(new ReadEvent(id(event.timestamp(), line), settings.name(), event));
            }
          });
    }
  }

  private List<Long> hours(Range range, boolean fromHead) {
    List<Long> hours = new ArrayList<>();
    long last = EventFiles.hourOf(range.to());
    for (long hour : files.sizes().tailMap(EventFiles.hourOf(range.from()), true).keySet()) {
      if (hour <= last) {
        hours.add(hour);
      }
    }
    if (!fromHead) {
      Collections.reverse(hours);
    }
    return hours;
  }

  /** The first event or the last; none when there is none at all. */
  List<ReadEvent> outermost(boolean first) throws IOException {
    EventPage page = new EventPage(first, 1, null);
    show(ALL, page);
    return page.inOrder();
  }

  private String id(long timestamp, long line) {
    return String.format(Locale.ROOT, "%020d%s%013d", timestamp, stream, line);
  }
}

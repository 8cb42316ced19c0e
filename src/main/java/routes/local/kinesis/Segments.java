package routes.local.kinesis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The segment files of one shard, oldest first, for reading. One thread at a time may add to the
 * end; all else is safe for use by many threads.
 */
final class Segments {

  /** Takes records as they are read. */
  interface RecordSink {

    /** Takes the record the cursor is at; false if it was not taken and no more are wanted. */
    boolean accept(RecordCursor record) throws IOException;
  }

  @GuardedBy("this")
  private final List<Segment> segments;

  private Segments(List<Segment> segments) {
    this.segments = segments;
  }

  /** Finds the files in a directory; all but the last are full. */
  static Segments load(Path directory) throws IOException {
    List<Segment> found = new ArrayList<>();
    try (var paths = Files.list(directory)) {
      paths
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(Segment.SUFFIX))
          .sorted()
          .forEach(name -> found.add(Segment.of(directory, name)));
    }
    for (Segment segment : found.subList(0, Math.max(0, found.size() - 1))) {
      loadFull(segment);
    }
    return new Segments(found);
  }

  static void loadFull(Segment segment) throws IOException {
    if (!IndexFile.read(segment)) {
      segment.scan();
      IndexFile.write(segment);
    }
  }

  synchronized boolean isEmpty() {
    return segments.isEmpty();
  }

  synchronized Segment last() {
    return segments.get(segments.size() - 1);
  }

  synchronized void add(Segment segment) {
    segments.add(segment);
  }

  /** Lets readers see records that were written to the end of the last file. */
  synchronized void append(byte[] records, int bytes) {
    last().append(records, bytes);
  }

  /** The counter of the last record; 0 if there never was one. */
  synchronized long lastCounter() {
    return segments.isEmpty() ? 0 : last().lastCounter();
  }

  synchronized long lastArrival() {
    return segments.stream().mapToLong(Segment::lastArrival).max().orElse(0);
  }

  /** Hands over, in order, the records with this counter and greater ones, until told to stop. */
  void read(long fromCounter, RecordSink sink) throws IOException {
    long next = fromCounter;
    for (Extent extent = holding(next); extent != null; extent = holding(next)) {
      try (RecordCursor cursor = extent.open()) {
        while (cursor.next()) {
          if (cursor.counter() >= next) {
            if (!sink.accept(cursor)) {
              return;
            }
            next = cursor.counter() + 1;
          }
        }
      } catch (NoSuchFileException e) {
        throwUnlessTrimmed(extent, e);
      }
    }
  }

  /**
   * The counter of the first record that arrived at this epoch millisecond or later; the next
   * record's if none did.
   */
  long counterAt(long arrival) throws IOException {
    for (Extent extent = arrivedAt(arrival); extent != null; extent = arrivedAt(arrival)) {
      try (RecordCursor cursor = extent.open()) {
        while (cursor.next()) {
          if (cursor.arrival() >= arrival) {
            return cursor.counter();
          }
        }
      } catch (NoSuchFileException e) {
        throwUnlessTrimmed(extent, e);
      }
    }
    return lastCounter() + 1;
  }

  /**
   * When the first record with this counter or a greater one arrived, in epoch milliseconds; {@link
   * Long#MAX_VALUE} if there is none.
   */
  long arrivalAt(long counter) throws IOException {
    long[] arrival = {Long.MAX_VALUE};
    read(
        counter,
        record -> {
          arrival[0] = record.arrival();
          return false;
        });
    return arrival[0];
  }

  private @Nullable Extent holding(long counter) {
    return first(
        segment -> segment.lastCounter() >= counter,
        segment -> segment.index().offsetForCounter(counter));
  }

  private @Nullable Extent arrivedAt(long arrival) {
    return first(
        segment -> segment.lastArrival() >= arrival,
        segment -> segment.index().offsetForArrival(arrival));
  }

  private synchronized @Nullable Extent first(
      Predicate<Segment> wanted, ToLongFunction<Segment> offset) {
    for (Segment segment : segments) {
      if (!segment.isEmpty() && wanted.test(segment)) {
        return new Extent(segment.file(), offset.applyAsLong(segment), segment.length());
      }
    }
    return null;
  }

  private synchronized void throwUnlessTrimmed(Extent extent, NoSuchFileException missing)
      throws NoSuchFileException {
    for (Segment segment : segments) {
      if (segment.file().equals(extent.file())) {
        throw missing;
      }
    }
  }

  /** Deletes the files all of whose records arrived before, except the last. */
  void trim(long horizon) throws IOException {
    for (Segment segment : removeExpired(horizon)) {
      Files.deleteIfExists(IndexFile.of(segment.file()));
      Files.deleteIfExists(segment.file());
    }
  }

  private synchronized List<Segment> removeExpired(long horizon) {
    List<Segment> expired = new ArrayList<>();
    while (segments.size() > 1 && segments.get(0).lastArrival() < horizon) {
      expired.add(segments.remove(0));
    }
    return expired;
  }

  /** Where to read in which file. */
  private record Extent(Path file, long offset, long end) {

    RecordCursor open() throws IOException {
      return new RecordCursor(file, offset, end);
    }
  }
}

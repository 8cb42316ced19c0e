package routes.dashboard.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.http.api.Json;

/**
 * The lines of JSON that a search answers with. Every method throws {@link UncheckedIOException}
 * once the client is gone.
 */
final class SearchOutput {

  private static final long PROGRESS_NANOS = 200_000_000;

  private final OutputStream out;
  private long told = System.nanoTime() - PROGRESS_NANOS;
  private long objects;
  private long bytes;
  private long records;
  private final Tally tally;
  private boolean counted;

  /** Something found; {@code record}. */
  private record Match(String type, NewestRecords.Found record) {}

  /** What could not be searched, and why; {@code skipped}. */
  private record Skipped(String type, String what, String detail) {}

  /**
   * How far it is; {@code progress}.
   *
   * @param objects how many were read
   * @param bytes how many they have as stored
   * @param records how many were looked at
   * @param hour the one that is read now
   */
  private record Progress(String type, long objects, long bytes, long records, Instant hour) {}

  /**
   * The end; {@code done}.
   *
   * @param reached {@code end} when all was searched, {@code limit} when enough was found, {@code
   *     time} when it took too long
   * @param next what to ask for as {@code to} to go on; null at the end
   */
  private record Done(
      String type,
      long objects,
      long bytes,
      long records,
      String reached,
      @Nullable Instant next) {}

  /**
   * What was counted so far, in place of what was told of it before; {@code counts}.
   *
   * @param stepSeconds how long each time lasts
   * @param times records by seconds since 1970 and level
   * @param services records by service
   * @param cellSeconds how long each time of a service lasts
   * @param rows records and errors by service and seconds since 1970, of the largest services
   * @param share of how much, 0 to 1, this is an estimate; 1 when all was counted that was read
   */
  private record Counts(
      String type,
      long stepSeconds,
      Map<Long, Map<String, Long>> times,
      Map<String, Long> services,
      long cellSeconds,
      Map<String, Map<Long, long[]>> rows,
      double share) {}

  /** The end for a reason that may pass; {@code failed}. */
  private record Failed(String type, String detail) {}

  /**
   * @param tally what is told as counted
   */
  SearchOutput(OutputStream out, Tally tally) {
    this.out = out;
    this.tally = tally;
  }

  void looked(LakeObject object, ObjectScan.Result result) {
    objects++;
    bytes += object.bytes();
    records += result.records();
  }

  void count(LakeObject object, LogCounts more) {
    double before = tally.share();
    tally.add(object, more);
    counted |= !more.isEmpty() || tally.share() != before;
  }

  void count(LogCounts more) {
    tally.add(more);
    counted |= !more.isEmpty();
  }

  /** Whether it is time to tell something again, five times a second. */
  boolean isDue() {
    return System.nanoTime() - told > PROGRESS_NANOS;
  }

  void at(Instant hour) {
    told = System.nanoTime();
    write(new Progress("progress", objects, bytes, records, hour));
    tellCounts();
    flush();
  }

  private void tellCounts() {
    if (counted) {
      counted = false;
      LogCounts counts = tally.counts();
      write(
          new Counts(
              "counts",
              counts.stepSeconds(),
              counts.times(),
              counts.services(),
              counts.cellSeconds(),
              counts.rows(),
              tally.share()));
    }
  }

  void found(NewestRecords.Found record) {
    write(new Match("record", record));
  }

  void skipped(String what, String detail) {
    write(new Skipped("skipped", what, detail));
  }

  void done(String reached, @Nullable Instant next) {
    tellCounts();
    write(new Done("done", objects, bytes, records, reached, next));
  }

  void failed(String detail) {
    write(new Failed("failed", detail));
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void write(Object line) {
    try {
      out.write(Json.bytes(line));
      out.write('\n');
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}

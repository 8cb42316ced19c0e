package routes.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was counted of one stream. For one thread. */
final class Tally {

  private long records;
  private long delivered;
  private long copies;
  private long inFlight;
  private long beyond;
  private long missing;
  private long rejected;
  private long objects;
  private long faults;
  private @Nullable Instant oldest;
  private @Nullable Instant newest;

  void record(Instant arrival) {
    records++;
    oldest = oldest == null || arrival.isBefore(oldest) ? arrival : oldest;
    newest = newest == null || arrival.isAfter(newest) ? arrival : newest;
  }

  void rejected() {
    rejected++;
  }

  void object() {
    objects++;
  }

  void delivered(long count) {
    delivered += count;
  }

  void copies(long count) {
    copies += count;
  }

  /** Not delivered yet, by the checkpoint. */
  void inFlight(long count) {
    inFlight += count;
  }

  /** In objects that reach beyond what was read of the stream. */
  void beyond(long count) {
    beyond += count;
  }

  void missing(long count) {
    missing += count;
  }

  void fault() {
    faults++;
  }

  /** Faults that were found and not told one by one. */
  void untold(long count) {
    faults += count;
  }

  /** Whether every record is accounted for, and nothing is in the lake that should not be. */
  boolean balances() {
    return faults == 0 && records == delivered + copies + inFlight + beyond;
  }

  String text() {
    String span = records == 0 ? "" : ", that arrived from %s to %s".formatted(oldest, newest);
    return String.format(
        Locale.ROOT,
        """
        %,15d records read%s
        %,15d in the lake, compared with %,d objects line by line
        %,15d copies, recognised and left out
        %,15d not delivered yet
        %,15d in objects that reach beyond what was read, not compared
        %,15d missing
        %,15d elements that are no records, which are dead letters
        %,15d faults""",
        records,
        span,
        delivered,
        objects,
        copies,
        inFlight,
        beyond,
        missing,
        rejected,
        faults);
  }
}

package routes.dashboard.lake;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.dashboard.web.Request;
import routes.record.ByteSlice;
import routes.record.LogRecord;
import routes.record.RecordParser;
import routes.record.RecordSettings;

/**
 * What is searched for.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param now where to begin to look: what lies ahead of it is little, if anything
 * @param limit how many records are wanted
 */
record SearchQuery(
    String bucket,
    Optional<String> service,
    Instant from,
    Instant to,
    Optional<TextFilter> text,
    Optional<LevelFilter> level,
    Instant now,
    int limit) {

  private static final int MOST = 5000;

  /**
   * The query of a request.
   *
   * @param lake the bucket where none is asked for
   * @param records with how far ahead of now they may be
   */
  static SearchQuery of(Request request, String lake, RecordSettings records, Instant now) {
    SearchQuery query =
        new SearchQuery(
            request.text("bucket").orElse(lake),
            request.text("service"),
            request.instant("from").orElse(Instant.EPOCH),
            request.instant("to").orElse(now.plus(records.maxFuture())),
            request.text("text").map(TextFilter::new),
            request.text("level").map(level -> new LevelFilter(records.names(), level)),
            now,
            request.limit(200, MOST));
    // Refuses an end before the beginning now, not when the answer has begun.
    query.hours();
    return query;
  }

  /** The hours from now on, of those. */
  HourRange ahead() {
    Instant first = now.isBefore(from) ? from : now.isBefore(to) ? now : to;
    return HourRange.of(Optional.of(first), Optional.of(to), to);
  }

  /** The hours in which there may be such records. */
  HourRange hours() {
    return HourRange.of(Optional.of(from), Optional.of(to), to);
  }

  /**
   * The time of a record that is wanted; null for one that is not.
   *
   * @param otherwise the time of one that has none by the rules of today
   */
  @Nullable Instant match(ByteSlice line, RecordParser parser, Instant otherwise) {
    if (!text.map(filter -> filter.accepts(line)).orElse(true)) {
      return null;
    }
    Instant time = parser.parse(line, to) instanceof LogRecord record ? record.time() : otherwise;
    boolean inTime = !time.isBefore(from) && time.isBefore(to);
    return inTime && level.map(filter -> filter.accepts(line)).orElse(true) ? time : null;
  }
}

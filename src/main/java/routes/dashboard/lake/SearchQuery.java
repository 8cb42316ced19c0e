package routes.dashboard.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.dashboard.query.Candidate;
import routes.dashboard.query.Query;
import routes.dashboard.query.TimeReader;
import routes.http.HttpProblem;
import routes.http.api.Request;
import routes.json.ByteSlice;
import routes.record.LevelReader;
import routes.record.LogRecord;
import routes.record.RecordParser;
import routes.record.RecordSettings;

/**
 * What is searched for, and what is told of it.
 *
 * @param from the first moment
 * @param to the moment after the last
 * @param now where to begin to look: what lies ahead of it is little, if anything
 * @param near where to look first instead; then all hours are gone through from there
 * @param limit how many records are wanted
 * @param early whether records are told before it is known that they are among the newest
 * @param counting whether records are counted beyond those that are wanted
 */
record SearchQuery(
    String bucket,
    Optional<String> service,
    Instant from,
    Instant to,
    Query query,
    LevelReader levels,
    TimeReader times,
    Instant now,
    Optional<Instant> near,
    int limit,
    boolean early,
    Counting counting) {

  private static final int MAX_LIMIT = 5000;

  /** Of a histogram; the least of them that leaves no more bars than there is room for. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1));

  private static final int MAX_BARS = 120;

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
            query(request, records),
            new LevelReader(records.names()),
            new TimeReader(records.names()),
            now,
            request.instant("near"),
            request.limit(200, MAX_LIMIT),
            request.flag("early"),
            request.oneOf("count", Counting.class).orElse(Counting.FALSE));
    // Refuses an end before the beginning now, not when the answer has begun.
    query.hours();
    return query;
  }

  private static Query query(Request request, RecordSettings records) {
    try {
      Query query = Query.of(request.text("query").orElse(""), records.names());
      Optional<Query> text = request.text("text").map(Query::ofText);
      Optional<Query> level =
          request
              .text("level")
              .map(word -> Query.of("level:\"" + word.strip() + "\"", records.names()));
      return query
          .and(text.orElse(Query.of("", records.names())))
          .and(level.orElse(Query.of("", records.names())));
    } catch (IllegalArgumentException objection) {
      throw HttpProblem.badRequest(String.valueOf(objection.getMessage()));
    }
  }

  boolean isCounted() {
    return counting != Counting.FALSE;
  }

  /** The hours from now on, of those. */
  HourRange ahead() {
    Instant first = now.isBefore(from) ? from : now.isBefore(to) ? now : to;
    return HourRange.of(Optional.of(first), Optional.of(to), to);
  }

  /** The objects to read first. */
  Comparator<LakeObject> order() {
    return near.map(LakeObject::nearest).orElse(LakeObject.NEWEST_FIRST);
  }

  /** The hours in which there may be such records. */
  HourRange hours() {
    return HourRange.of(Optional.of(from), Optional.of(to), to);
  }

  /** Nothing counted yet. */
  LogCounts counts() {
    Duration range = Duration.between(from, to.isAfter(now) ? now : to);
    Duration step =
        STEPS.stream()
            .filter(each -> range.toSeconds() / each.toSeconds() <= MAX_BARS)
            .findFirst()
            .orElse(STEPS.get(STEPS.size() - 1));
    return new LogCounts(step.toSeconds());
  }

  /**
   * The time of a record if that is one of those asked for; null for one that is not.
   *
   * @param otherwise the time of one that has none by the rules of today
   */
  @Nullable Instant time(ByteSlice line, RecordParser parser, Instant otherwise) {
    Instant time = times.read(line).orElseGet(() -> parsed(line, parser, otherwise));
    return time.isBefore(from) || !time.isBefore(to) ? null : time;
  }

  private Instant parsed(ByteSlice line, RecordParser parser, Instant otherwise) {
    return parser.parse(line, to) instanceof LogRecord record ? record.time() : otherwise;
  }

  /** The line, if it is searched for; null if it is not. */
  @Nullable Candidate match(ByteSlice line, String service) {
    Candidate candidate = new Candidate(line, service, levels);
    return query.accepts(candidate) ? candidate : null;
  }
}

package routes.dashboard.lake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.dashboard.lake.NewestRecords.Found;
import routes.dashboard.query.Candidate;
import routes.record.LogRecord;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at the records that are on the stream and not in the lake yet. For one thread. */
final class StreamScan {

  private final Undelivered undelivered;
  private final SearchQuery query;
  private final Overlap overlap;

  /**
   * @param overlap is told what was found, as some of it is in the lake by the time that is read
   */
  StreamScan(Undelivered undelivered, SearchQuery query, Overlap overlap) {
    this.undelivered = undelivered;
    this.query = query;
    this.overlap = overlap;
  }

  /**
   * What was found.
   *
   * @param objection why it may not be all; null when it is
   */
  record Result(List<Found> found, LogCounts counts, @Nullable String objection) {}

  Result read() {
    List<Found> found = new ArrayList<>();
    LogCounts counts = query.counts();
    try {
      Undelivered.Waiting waiting = undelivered.to(query.bucket());
      waiting.records().forEach(record -> look(record, found, counts));
      return new Result(
          found, counts, waiting.complete() ? null : "more waits for delivery than is looked at");
    } catch (SdkException away) {
      return new Result(found, counts, String.valueOf(away.getMessage()));
    }
  }

  private void look(LogRecord record, List<Found> found, LogCounts counts) {
    boolean asked =
        query.service().map(record.service()::equals).orElse(true)
            && !record.time().isBefore(query.from())
            && record.time().isBefore(query.to());
    Candidate match = asked ? query.match(record.line(), record.service()) : null;
    if (match != null) {
      overlap.add(record.line());
      counts.add(record.time(), match.level(), record.service());
      found.add(Found.of(record.time(), record.service(), match.level(), record.line(), null));
    }
  }
}

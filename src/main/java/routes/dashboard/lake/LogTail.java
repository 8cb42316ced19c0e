package routes.dashboard.lake;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import routes.dashboard.lake.NewestRecords.Found;
import routes.dashboard.query.Candidate;
import routes.http.api.Content;
import routes.http.api.Json;
import routes.http.api.Request;
import routes.record.LogRecord;
import routes.record.RecordSettings;

/** Tells records as they come onto a stream. */
@ThreadSafe
public final class LogTail {

  /** So often a client hears something, or is found to be gone. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final Incoming incoming;
  private final String bucket;
  private final RecordSettings records;
  private final InstantSource clock;

  /**
   * @param bucket the lake's
   */
  public LogTail(Incoming incoming, String bucket, RecordSettings records, InstantSource clock) {
    this.incoming = incoming;
    this.bucket = bucket;
    this.records = records;
    this.clock = clock;
  }

  /** A record; {@code record}. */
  private record Match(String type, Found record) {}

  /**
   * What was looked at since the last such line; {@code came}.
   *
   * @param passed how many were searched for and not told, as there were more than are asked for
   * @param lost how many could not be looked at, as too many came at once or the client takes them
   *     too slowly
   */
  private record Progress(
      String type, int records, int passed, int lost, long behindMillis, int shardsLeftOut) {}

  /** The end; {@code failed}. */
  private record Failed(String type, @Nullable String detail) {}

  /**
   * Answers with lines of JSON until the client closes: of what comes at a time the newest that are
   * searched for, as many as are asked for, and a line of how much it was.
   */
  public Object follow(Request request) {
    SearchQuery query = SearchQuery.of(request, bucket, records, clock.instant());
    return new Content() {
      @Override
      public String type() {
        return "application/x-ndjson";
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        try (Incoming.Following following = incoming.follow(query.bucket())) {
          Incoming.Came came = Incoming.Came.NOTHING;
          while (came.failure() == null) {
            came = following.next(BEAT).orElse(Incoming.Came.NOTHING);
            tell(came, query, out);
          }
          write(new Failed("failed", came.failure()), out);
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
          throw new CancellationException();
        }
      }
    };
  }

  private static void tell(Incoming.Came came, SearchQuery query, OutputStream out)
      throws IOException {
    Deque<Found> newest = new ArrayDeque<>();
    int passed = 0;
    for (LogRecord record : came.records()) {
      Candidate match =
          query.service().map(record.service()::equals).orElse(true)
              ? query.match(record.line(), record.service())
              : null;
      if (match != null) {
        newest.add(Found.of(record.time(), record.service(), match.level(), record.line(), null));
      }
      if (newest.size() > query.limit()) {
        newest.remove();
        passed++;
      }
    }
    for (Found found : newest) {
      write(new Match("record", found), out);
    }
    write(
        new Progress(
            "came",
            came.records().size(),
            passed,
            came.lost(),
            came.behindMillis(),
            came.shardsLeftOut()),
        out);
    out.flush();
  }

  private static void write(Object line, OutputStream out) throws IOException {
    out.write(Json.bytes(line));
    out.write('\n');
  }
}

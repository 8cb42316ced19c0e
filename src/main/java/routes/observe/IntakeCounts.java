package routes.observe;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import routes.inbox.LineBatch;
import routes.ingest.Ingest.Ingested;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.signal.Signal;

/** What came in, by the route that took it in and by signal. */
@ThreadSafe
public final class IntakeCounts {

  private final Map<Source, Taken> bySource = new ConcurrentHashMap<>();
  private final ReasonCounts rejected = new ReasonCounts();

  /** Records of a signal, taken in by a route. */
  record Source(String route, Signal signal) {}

  /** Records of one source, and the bytes of their lines. */
  record Taken(LongAdder records, LongAdder bytes) {}

  /** Counts what became of a request's records. */
  public void request(Ingested ingested, String route) {
    accepted(ingested.accepted(), route);
    rejected(ingested.intake());
  }

  /** Counts the invalid records of a request of which nothing is taken. */
  public void rejected(Intake intake) {
    intake.reasons().forEach(rejected::count);
  }

  /** Counts lines of a file. */
  public void lines(LineBatch batch, String route) {
    accepted(batch.accepted(), route);
    batch.undeliverable().forEach(letter -> rejected.count(letter.reason()));
  }

  /** By route and signal, those of which something was taken. */
  Map<Source, Taken> bySource() {
    return bySource;
  }

  ReasonCounts rejected() {
    return rejected;
  }

  private void accepted(List<LogRecord> records, String route) {
    if (records.isEmpty()) {
      return;
    }
    // What comes with one body or one file is all of one signal.
    Source source = new Source(route, records.get(0).signal());
    Taken taken =
        bySource.computeIfAbsent(source, first -> new Taken(new LongAdder(), new LongAdder()));
    taken.records().add(records.size());
    taken.bytes().add(records.stream().mapToLong(record -> record.line().length()).sum());
  }
}

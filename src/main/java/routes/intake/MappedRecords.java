package routes.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.record.ByteSlice;
import routes.record.Completion;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.RecordParser;
import routes.record.RejectedRecord;
import routes.record.Rejection;

/**
 * Collects the records that one body of another protocol was mapped to, and judges them like those
 * that come as they are. Not thread-safe.
 */
public final class MappedRecords {

  /** Whose a record is when nobody says so, in the words of OpenTelemetry's SDKs. */
  public static final String UNKNOWN_SERVICE = "unknown_service";

  private final List<LogRecord> accepted = new ArrayList<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private final RecordParser parser;
  private final Instant arrival;
  private final IngestIds ids = new IngestIds();

  public MappedRecords(RecordParser parser, Instant arrival) {
    this.parser = parser;
    this.arrival = arrival;
  }

  /** When the body came, for records that do not know when they happened. */
  public Instant arrival() {
    return arrival;
  }

  /**
   * Takes the next record and tells what became of it. One that has no time gets that of its
   * arrival.
   *
   * @param json one JSON object
   * @param service of a record that names none
   */
  public ParseResult add(byte[] json, String service) {
    ByteSlice bytes = ByteSlice.of(json);
    ParseResult result = parser.parse(bytes, arrival, new Completion(service, arrival, ids));
    if (result instanceof LogRecord record) {
      accepted.add(record);
    } else if (result instanceof Rejection rejection) {
      rejected.add(new RejectedRecord(accepted.size() + rejected.size(), rejection, bytes));
    }
    return result;
  }

  /** What has come so far. */
  public Intake intake() {
    return new Intake(accepted, rejected);
  }
}

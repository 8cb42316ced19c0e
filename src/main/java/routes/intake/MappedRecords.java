package routes.intake;

import java.time.Instant;
import routes.record.ByteSlice;
import routes.record.Completion;
import routes.record.Intake;
import routes.record.ParseResult;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Collects the records that one body of another protocol was mapped to, and judges them like those
 * that come as they are. Not thread-safe.
 */
public final class MappedRecords {

  /** Whose a record is when nobody says so, in the words of OpenTelemetry's SDKs. */
  public static final String UNKNOWN_SERVICE = "unknown_service";

  private final RecordParser parser;
  private final Instant arrival;
  private final BodyMemory.Share memory;
  private final Intake.Builder intake;
  private final IngestIds ids = new IngestIds();
  private int index;

  /**
   * @param memory takes what is collected
   */
  public MappedRecords(RecordParser parser, Instant arrival, BodyMemory.Share memory) {
    this.parser = parser;
    this.arrival = arrival;
    this.memory = memory;
    this.intake = new Intake.Builder(memory::require);
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
    if (result instanceof Rejection) {
      // Kept or not: a few bytes that are written as many, again and again, must come to an end.
      memory.require(json.length);
    }
    intake.accept(index++, bytes, result);
    return result;
  }

  /**
   * Takes an element of the body that is no record.
   *
   * @param bytes as they stand in the body
   */
  public void reject(ByteSlice bytes, Rejection rejection) {
    intake.accept(index++, bytes, rejection);
  }

  /** What has come so far. */
  public Intake intake() {
    return intake.build();
  }
}

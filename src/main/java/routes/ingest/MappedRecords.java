package routes.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.http.BodyMemory;
import routes.json.ByteSlice;
import routes.record.Enrichment;
import routes.record.Intake;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;
import routes.signal.Signal;

/**
 * Collects the records that one body of another protocol was mapped to, and judges them like those
 * that come as they are. Not thread-safe.
 */
public final class MappedRecords {

  /** Whose a record is when nobody says so, in the words of OpenTelemetry's SDKs. */
  public static final String UNKNOWN_SERVICE = "unknown_service";

  /** Of an id that is remembered as long as the request is read. */
  private static final int BYTES_AN_ID = 120;

  /** Of a tree, for each byte of its text. */
  private static final int BYTES_A_BYTE = 40;

  private final RecordParser parser;
  private final Instant arrival;
  private final BodyMemory.Share memory;
  private final Intake.Builder intake;
  private final IngestIds ids = new IngestIds();
  private final ContentIds contentIds = new ContentIds();
  private int index;

  /**
   * @param memory takes what is collected
   */
  public MappedRecords(RecordParser parser, Instant arrival, BodyMemory.Share memory) {
    this.parser = parser;
    this.arrival = arrival;
    this.memory = memory;
    this.intake = new Intake.Builder(parser.signal(), memory::require);
  }

  /** When the body came, for records that do not know when they happened. */
  public Instant arrival() {
    return arrival;
  }

  /**
   * Takes the next record and tells what became of it. One that has no time gets that of its
   * arrival; a field {@code timestamp} or {@code service} that cannot be either is kept as {@code
   * event.timestamp} or {@code event.service}. A time too far ahead is one, and rejected.
   *
   * @param json one JSON object
   * @param service of a record that names none
   */
  public ParseResult add(byte[] json, String service) {
    Enrichment enrichment = new Enrichment(service, arrival, id(json));
    ByteSlice bytes = ByteSlice.of(json);
    ParseResult result = parser.parse(bytes, arrival, enrichment);
    ByteSlice next = withDataSetAside(bytes, result);
    while (next != null) {
      bytes = next;
      result = parser.parse(bytes, arrival, enrichment);
      next = withDataSetAside(bytes, result);
    }
    if (result instanceof Rejection) {
      // Kept or not: a few bytes that are written as many, again and again, must come to an end.
      memory.require(bytes.length());
    }
    intake.accept(index++, bytes, result);
    return result;
  }

  /**
   * Takes what is no record, for a reason of its protocol, in its place among them.
   *
   * @param bytes as they stand in the body
   */
  public Rejection reject(ByteSlice bytes, Rejection rejection) {
    intake.accept(index++, bytes, rejection);
    return rejection;
  }

  /** Like {@link #reject}, with what was written for it, which is paid for whether kept or not. */
  public Rejection rejectWritten(byte[] json, Rejection rejection) {
    memory.require(json.length);
    return reject(ByteSlice.of(json), rejection);
  }

  /**
   * Takes memory for what comes to light beside the records.
   *
   * @throws HttpProblem 413 or 429 when there is none
   */
  public void require(long bytes) {
    memory.require(bytes);
  }

  /** Two log lines may be alike in all they hold and still be two; a point or a span may not. */
  private Supplier<String> id(byte[] json) {
    return parser.signal() == Signal.LOGS
        ? ids
        : () -> {
          memory.require(BYTES_AN_ID);
          return contentIds.of(json);
        };
  }

  /** The record without the field it was rejected for, or null when there is none. */
  private @Nullable ByteSlice withDataSetAside(ByteSlice json, ParseResult result) {
    // What a point or a span is from is no data of its sender's.
    if (parser.signal() != Signal.LOGS || !(result instanceof Rejection rejection)) {
      return null;
    }
    Reason reason = rejection.reason();
    if (reason.isOfService()) {
      return withSetAside(json, "service");
    }
    return reason.isOfTime() && reason != Reason.TOO_FAR_IN_FUTURE
        ? withSetAside(json, "timestamp")
        : null;
  }

  private @Nullable ByteSlice withSetAside(ByteSlice json, String name) {
    long held = (long) BYTES_A_BYTE * json.length();
    memory.require(held);
    JsonNode record = JsonValues.read(json);
    memory.giveBack(held);
    if (!record.has(name)) {
      return null;
    }
    ObjectNode without = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String key = field.getKey();
      if (key.equals(name)) {
        while (record.has(key)) {
          key = "event." + key;
        }
      }
      without.set(key, field.getValue());
    }
    return ByteSlice.of(JsonValues.bytes(without));
  }

  /** What has come so far. */
  public Intake intake() {
    return intake.build();
  }
}

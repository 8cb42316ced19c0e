package routes.intake.zipkin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import routes.intake.DecodedBody;
import routes.intake.InvalidRecordsException;
import routes.intake.JsonValues;
import routes.intake.MappedRecords;
import routes.intake.Reply;
import routes.intake.RequestHead;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.RejectedRecord;
import routes.record.Rejection;

/** Reads the spans of a body, an array of them, and words what was taken. Thread-safe. */
public final class ZipkinSpans {

  private final RecordParser parser;
  private final Clock clock;

  /**
   * @param parser of traces
   */
  public ZipkinSpans(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  ZipkinSpans(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * Sorts the spans of a body from what is none. One without a time has that of its arrival.
   *
   * @param request whose service spans have whose local endpoint has none
   * @throws routes.intake.MalformedBodyException when the body is no JSON; no span is taken then
   * @throws routes.intake.HttpProblem 413 or 429 when it holds more than there is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    String service = request.service().orElse(MappedRecords.UNKNOWN_SERVICE);
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    JsonValues values = new JsonValues(body);
    for (ByteSlice value = values.next(); value != null; value = values.next()) {
      // What is longer than a record may be never becomes a tree.
      if (value.at(0) == '{' && value.length() <= parser.maxBytes()) {
        ObjectNode span = (ObjectNode) values.tree(value);
        records.add(JsonValues.bytes(new ZipkinSpan(span).record()), service);
      } else if (parser.parse(value, records.arrival()) instanceof Rejection rejection) {
        records.reject(value, rejection);
      }
    }
    return records.intake();
  }

  /**
   * Success, when nothing was rejected. Zipkin's reporters do not send again what is answered with
   * 400, so the acceptable spans of such a request are taken as well.
   *
   * @throws InvalidRecordsException when a span is not acceptable
   */
  public Reply answer(Intake intake) {
    if (!intake.rejected().isEmpty()) {
      RejectedRecord first = intake.rejected().get(0);
      throw new InvalidRecordsException(
          "%s spans were taken, %s were not, the first of them at %s: %s"
              .formatted(
                  intake.accepted().size(),
                  intake.rejectedCount(),
                  first.index(),
                  first.rejection().message()),
          List.of());
    }
    return new Reply(202, "text/plain", new byte[0]);
  }
}

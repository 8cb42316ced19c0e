package routes.ingest.zipkin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.Reply;
import routes.http.RequestHead;
import routes.ingest.InvalidRecordsException;
import routes.ingest.JsonValues;
import routes.ingest.MappedRecords;
import routes.ingest.Protocol;
import routes.ingest.Received;
import routes.json.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.Rejection;

/** Spans as Zipkin's reporters send them, an array in the second format. */
@ThreadSafe
public final class ZipkinProtocol implements Protocol {

  private final RecordParser parser;
  private final Clock clock;

  /**
   * @param parser of traces
   */
  public ZipkinProtocol(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  ZipkinProtocol(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * {@inheritDoc} A span without a time has that of its arrival.
   *
   * @param request whose service spans have whose local endpoint has none that can be one
   * @throws routes.http.MalformedBodyException when the body is no JSON; no span is taken then
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    String service = request.service().orElse(MappedRecords.UNKNOWN_SERVICE);
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    JsonValues values = new JsonValues(body);
    for (ByteSlice value = values.next(); value != null; value = values.next()) {
      Rejection objection = values.objection(value, parser);
      if (objection == null) {
        ObjectNode span = values.tree(value);
        records.add(JsonValues.bytes(new ZipkinSpan(span, parser::isService).record()), service);
      } else {
        records.reject(value, objection);
      }
    }
    Intake intake = records.intake();
    return new Received(intake, () -> answer(intake));
  }

  /**
   * Zipkin's reporters do not send again what is answered with 400, so the acceptable spans of such
   * a request are taken as well.
   */
  private static Reply answer(Intake intake) {
    if (!intake.rejected().isEmpty()) {
      throw InvalidRecordsException.partly(intake, "spans");
    }
    return new Reply(202, "text/plain", new byte[0]);
  }

  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    return Reply.text(problem.status(), problem.detail());
  }
}

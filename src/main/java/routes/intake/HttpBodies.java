package routes.intake;

import java.time.Clock;
import routes.record.ByteSlice;
import routes.record.Completion;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.RecordReader;

/** Reads the records of a request body and gives each its {@code ingest_id}. Thread-safe. */
public final class HttpBodies {

  private final RecordReader reader;
  private final Clock clock;

  public HttpBodies(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  HttpBodies(RecordParser parser, Clock clock) {
    this.reader = new RecordReader(parser);
    this.clock = clock;
  }

  /**
   * Sorts the records of a body from what is none.
   *
   * @throws HttpProblem 413 or 429 when it holds more than there is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    Intake.Builder intake = new Intake.Builder(body.memory()::require);
    reader.read(
        ByteSlice.of(body.bytes()),
        clock.instant(),
        new Completion(request.service().orElse(null), new IngestIds()),
        intake);
    return intake.build();
  }
}

package routes.intake;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
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
   * @param query of the URL, where {@code service} names the service of records that name none; or
   *     null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   */
  public Intake read(byte[] body, @Nullable String query, @Nullable String header) {
    return reader.read(
        ByteSlice.of(body),
        clock.instant(),
        new Completion(QueryParameters.of(query).service(header).orElse(null), new IngestIds()));
  }
}

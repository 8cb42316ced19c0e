package routes.intake;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
   * @param query the service of records that name none, or null
   * @param header the same; the query comes first
   */
  public Intake read(byte[] body, @Nullable String query, @Nullable String header) {
    String service = query == null ? header : query;
    String request = UUID.randomUUID().toString();
    AtomicInteger records = new AtomicInteger();
    return reader.read(
        ByteSlice.of(body),
        clock.instant(),
        new Completion(service, () -> request + "-" + records.getAndIncrement()));
  }
}

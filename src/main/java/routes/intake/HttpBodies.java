package routes.intake;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.record.Completion;
import routes.record.Intake;
import routes.record.RecordParsers;
import routes.record.RecordReader;
import routes.signal.Signal;

/**
 * Reads the records of a request body, log lines unless it says otherwise, and gives each its
 * {@code ingest_id}. Thread-safe.
 */
public final class HttpBodies {

  private final Map<Signal, RecordReader> readers = new EnumMap<>(Signal.class);
  private final Clock clock;

  public HttpBodies(RecordParsers parsers) {
    this(parsers, Clock.systemUTC());
  }

  HttpBodies(RecordParsers parsers, Clock clock) {
    for (Signal signal : Signal.values()) {
      readers.put(signal, new RecordReader(parsers.of(signal)));
    }
    this.clock = clock;
  }

  /**
   * Sorts the records of a body from what is none.
   *
   * @param query of the URL, where {@code service} names the service of records that name none, and
   *     {@code signal} says what they are; or null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   * @throws MalformedBodyException when there is no such signal
   */
  public Intake read(byte[] body, @Nullable String query, @Nullable String header) {
    QueryParameters parameters = QueryParameters.of(query);
    RecordReader reader = Objects.requireNonNull(readers.get(signal(parameters)));
    return reader.read(
        ByteSlice.of(body),
        clock.instant(),
        new Completion(parameters.service(header).orElse(null), new IngestIds()));
  }

  private static Signal signal(QueryParameters parameters) {
    Optional<String> word = parameters.first("signal");
    return word.isEmpty()
        ? Signal.LOGS
        : Signal.of(word.get())
            .orElseThrow(
                () ->
                    new MalformedBodyException(
                        "signal=%s: must be logs, metrics or traces".formatted(word.get())));
  }
}

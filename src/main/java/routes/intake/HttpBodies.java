package routes.intake;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
   * @param request whose query names the service of records that name none, and says with {@code
   *     signal} what they are
   * @throws MalformedBodyException when there is no such signal
   * @throws HttpProblem 413 or 429 when it holds more than there is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    Signal signal = signal(request.query());
    Intake.Builder intake = new Intake.Builder(signal, body.memory()::require);
    Objects.requireNonNull(readers.get(signal))
        .read(
            ByteSlice.of(body.bytes()),
            clock.instant(),
            new Completion(request.service().orElse(null), new IngestIds()),
            intake);
    return intake.build();
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

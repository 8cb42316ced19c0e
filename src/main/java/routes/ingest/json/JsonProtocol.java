package routes.ingest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.MalformedBodyException;
import routes.http.Problems;
import routes.http.QueryParameters;
import routes.http.RecordError;
import routes.http.Reply;
import routes.http.RequestHead;
import routes.ingest.IngestIds;
import routes.ingest.InvalidRecordsException;
import routes.ingest.Protocol;
import routes.ingest.Received;
import routes.json.ByteSlice;
import routes.record.Enrichment;
import routes.record.Intake;
import routes.record.RecordParsers;
import routes.record.RecordReader;
import routes.record.RejectedRecord;
import routes.signal.Signal;

/**
 * Records as they are, log lines unless the request says otherwise, each of which gets its {@code
 * ingest_id}.
 */
@ThreadSafe
public final class JsonProtocol implements Protocol {

  private static final Set<String> PATHS =
      Set.of("/api/ingest", "/api/ingest/", "/api/ingest/batch", "/api/ingest/batch/");

  /** Enough to see what is wrong; shippers log the whole answer. */
  private static final int MAX_ERRORS = 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Signal, RecordReader> readers = new EnumMap<>(Signal.class);
  private final Clock clock;

  /** What became of the records of one request, with the first of those that were rejected. */
  private record Answer(int accepted, int rejected, List<RecordError> errors) {}

  public JsonProtocol(RecordParsers parsers) {
    this(parsers, Clock.systemUTC());
  }

  JsonProtocol(RecordParsers parsers, Clock clock) {
    for (Signal signal : Signal.values()) {
      readers.put(signal, new RecordReader(parsers.of(signal)));
    }
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @param request whose query names the service of records that name none, says with {@code
   *     signal} what they are, and with {@code strict=true} that all of them must be valid
   * @throws MalformedBodyException when there is no such signal
   * @throws InvalidRecordsException when it holds nothing, or not what {@code strict} wants
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    if (!PATHS.contains(request.path())) {
      throw HttpProblem.notFound(request.path());
    }
    Signal signal = signal(request.query());
    Intake.Builder builder = new Intake.Builder(signal, body.memory()::require);
    Objects.requireNonNull(readers.get(signal))
        .read(
            ByteSlice.of(body.bytes()),
            clock.instant(),
            new Enrichment(request.service().orElse(null), new IngestIds()),
            builder);
    Intake intake = builder.build();
    requireAcceptable(intake, request);
    return new Received(intake, () -> answer(intake));
  }

  private static void requireAcceptable(Intake intake, RequestHead request) {
    int rejected = intake.rejectedCount();
    int all = rejected + intake.accepted().size();
    if (all == 0) {
      throw new InvalidRecordsException("The body holds no record");
    }
    if (rejected > 0 && isStrict(request)) {
      throw InvalidRecordsException.keepingOut(
          intake,
          "%s of %s records are not valid, and with strict=true none is accepted"
              .formatted(rejected, all),
          errors(intake));
    }
  }

  private static Reply answer(Intake intake) {
    if (intake.accepted().isEmpty()) {
      throw new InvalidRecordsException("None of the records is valid", errors(intake));
    }
    Answer answer = new Answer(intake.accepted().size(), intake.rejectedCount(), errors(intake));
    try {
      return new Reply(200, "application/json", JSON.writeValueAsBytes(answer));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError("Numbers and texts are always JSON", impossible);
    }
  }

  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    return Problems.json(problem);
  }

  private static boolean isStrict(RequestHead request) {
    return request.query().first("strict").filter(Boolean::parseBoolean).isPresent();
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

  private static List<RecordError> errors(Intake intake) {
    return intake.rejected().stream().limit(MAX_ERRORS).map(JsonProtocol::error).toList();
  }

  private static RecordError error(RejectedRecord record) {
    return new RecordError(
        record.index(), record.rejection().reason().code(), record.rejection().message());
  }
}

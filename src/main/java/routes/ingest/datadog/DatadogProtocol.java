package routes.ingest.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.ThreadSafe;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.QueryParameters;
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

/** Logs as Datadog's agents and libraries send them to its intake, one or an array of them. */
@ThreadSafe
public final class DatadogProtocol implements Protocol {

  /** What the URL may say for all logs of a request. */
  private static final List<String> FIELDS = List.of("ddsource", "ddtags", "hostname");

  /** The greatest of syslog's severities (RFC 5424, section 6.2.1). */
  private static final int DEBUG = 7;

  private final RecordParser parser;
  private final Clock clock;

  public DatadogProtocol(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  DatadogProtocol(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * {@inheritDoc} A log without a time has that of its arrival; one without any field is passed
   * over.
   *
   * <p>A log's service is its own, else the request's, else its {@code ddsource}, else {@code
   * unknown_service}.
   *
   * @param request whose query may hold the fields above
   * @throws routes.http.MalformedBodyException when the body is no JSON; no log is taken then
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    QueryParameters parameters = request.query();
    Optional<String> service = request.service();
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    JsonValues values = new JsonValues(body);
    for (ByteSlice value = values.next(); value != null; value = values.next()) {
      Rejection objection = values.objection(value, parser);
      if (objection == null) {
        ObjectNode log = values.tree(value);
        if (log.isEmpty()) {
          // A client's check, when it starts, whether anybody is here.
          continue;
        }
        for (String name : FIELDS) {
          parameters.first(name).filter(v -> !log.has(name)).ifPresent(v -> log.put(name, v));
        }
        if (!log.has("level") && isLevel(log.path("status"))) {
          log.set("level", log.get("status"));
        }
        records.add(JsonValues.bytes(log), service.orElseGet(() -> origin(log)));
      } else {
        records.reject(value, objection);
      }
    }
    Intake intake = records.intake();
    return new Received(intake, () -> answer(intake));
  }

  /**
   * Datadog has no partial success and its clients do not send again what is answered with 400, so
   * the acceptable logs of such a request are taken as well.
   */
  private static Reply answer(Intake intake) {
    if (!intake.rejected().isEmpty()) {
      throw InvalidRecordsException.partly(intake, "logs");
    }
    return Reply.json(202, "{}");
  }

  /** As Datadog's API lists errors. */
  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("errors")
        .addObject()
        .put("status", Integer.toString(problem.status()))
        .put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase())
        .put("detail", problem.detail());
    return Reply.json(problem.status(), answer.toString());
  }

  /** Datadog's levels are texts or syslog's numbers. */
  private static boolean isLevel(JsonNode status) {
    return status.isTextual()
        || (status.isInt() && status.intValue() >= 0 && status.intValue() <= DEBUG);
  }

  private String origin(ObjectNode log) {
    String source = log.path("ddsource").asText("");
    return parser.isService(source) ? source : MappedRecords.UNKNOWN_SERVICE;
  }
}

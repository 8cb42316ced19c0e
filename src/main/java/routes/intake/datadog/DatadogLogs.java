package routes.intake.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import routes.intake.DecodedBody;
import routes.intake.JsonValues;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.RequestHead;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;
import routes.record.Rejection;

/** Reads the logs of a request to Datadog's intake, one or an array of them. Thread-safe. */
public final class DatadogLogs {

  /** What the URL may say for all logs of a request. */
  private static final List<String> FIELDS = List.of("ddsource", "ddtags", "hostname");

  /** The greatest of syslog's severities (RFC 5424, section 6.2.1). */
  private static final int DEBUG = 7;

  private final RecordParser parser;
  private final Clock clock;

  public DatadogLogs(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  DatadogLogs(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * Sorts the logs of a body from what is none. One without a time has that of its arrival; one
   * without any field is passed over.
   *
   * <p>A log's service is its own, else the request's, else its {@code ddsource}, else {@code
   * unknown_service}.
   *
   * @param request whose query may hold the fields above
   * @throws routes.intake.MalformedBodyException when the body is no JSON; no log is taken then
   * @throws routes.intake.HttpProblem 413 or 429 when it holds more than there is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    QueryParameters parameters = request.query();
    Optional<String> service = request.service();
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    JsonValues values = new JsonValues(body);
    for (ByteSlice value = values.next(); value != null; value = values.next()) {
      // What is longer than a record may be never becomes a tree.
      if (value.at(0) == '{' && value.length() <= parser.maxBytes()) {
        ObjectNode log = (ObjectNode) values.tree(value);
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
      } else if (parser.parse(value, records.arrival()) instanceof Rejection rejection) {
        records.reject(value, rejection);
      }
    }
    return records.intake();
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

package routes.ingest.hec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.http.DecodedBody;
import routes.http.HttpProblem;
import routes.http.KeyProblem;
import routes.http.MalformedBodyException;
import routes.http.QueryParameters;
import routes.http.RecordError;
import routes.http.Reply;
import routes.http.RequestHead;
import routes.ingest.IntakeHealth;
import routes.ingest.JsonValues;
import routes.ingest.MappedRecords;
import routes.ingest.Protocol;
import routes.ingest.Received;
import routes.json.ByteSearch;
import routes.json.ByteSlice;
import routes.json.Utf8;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Splunk's HTTP Event Collector: events, and lines under the path for raw data. All of a request is
 * accepted, or nothing.
 */
@ThreadSafe
public final class HecProtocol implements Protocol {

  private static final Pattern EVENTS = Pattern.compile("/services/collector(/event)?(/1\\.0)?/?");

  private static final Pattern LINES = Pattern.compile("/services/collector/raw(/1\\.0)?/?");

  /** What the query says of all lines, as its envelope does of an event. */
  private static final List<String> ENVELOPE =
      List.of("time", "host", "source", "sourcetype", "index");

  /** While a line becomes a record: a NUL is six characters of JSON. */
  private static final int BYTES_A_BYTE = 16;

  private final RecordParser parser;
  private final Clock clock;

  public HecProtocol(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  HecProtocol(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * <p>An event's service is what it or its {@code fields} say, else what the request says, else
   * its {@code sourcetype}, else its {@code source}, else {@code unknown_service}. Its time is what
   * its envelope says, else the event, else that of its arrival. What cannot be a service or a time
   * is data, and the next counts.
   *
   * @param request whose path tells events from lines
   * @throws routes.ingest.InvalidRecordsException when there is no event, or one is invalid; it
   *     names the first of them
   * @throws HttpProblem 404 when the path is for neither
   */
  @Override
  public Received read(DecodedBody body, RequestHead request) {
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    HecBatch batch = new HecBatch(records, parser, request.service());
    if (EVENTS.matcher(request.path()).matches()) {
      addEvents(body, batch);
    } else if (LINES.matcher(request.path()).matches()) {
      addLines(body, request.query(), batch);
    } else {
      throw HttpProblem.notFound(request.path());
    }
    return new Received(batch.intake(), HecCode.SUCCESS::reply);
  }

  @Override
  public Reply health(IntakeHealth health) {
    return (health.accepting() ? HecCode.HEALTHY : HecCode.UNHEALTHY).reply();
  }

  /** With Splunk's codes. Being busy is always 503 there, which its clients send again. */
  @Override
  public Reply refuse(HttpProblem problem, @Nullable String type) {
    if (problem instanceof KeyProblem) {
      return (problem.status() == 401 ? HecCode.NO_TOKEN : HecCode.WRONG_TOKEN).reply();
    }
    return switch (problem.status()) {
      case 400 -> invalid(problem);
      case 429, 503 -> HecCode.BUSY.reply();
      // Splunk has no code of its own for these and repeats the status.
      default ->
          Reply.json(
              problem.status(),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("text", problem.detail())
                  .put("code", problem.status())
                  .toString());
    };
  }

  private static Reply invalid(HttpProblem problem) {
    if (problem.errors().isEmpty()) {
      return HecCode.BAD_FORMAT.reply();
    }
    RecordError first = problem.errors().get(0);
    HecCode code = HecCode.of(first.reason());
    return code == HecCode.NO_DATA ? code.reply() : code.reply(first.index());
  }

  private void addEvents(DecodedBody body, HecBatch batch) {
    JsonValues values = new JsonValues(body);
    try {
      for (ByteSlice value = values.next(); value != null; value = values.next()) {
        Rejection objection = values.objection(value, parser);
        if (objection != null) {
          throw batch.invalid(objection);
        }
        batch.add(values.tree(value));
      }
    } catch (MalformedBodyException malformed) {
      throw batch.invalid(Reason.NOT_JSON, String.valueOf(malformed.getMessage()));
    }
  }

  private void addLines(DecodedBody whole, QueryParameters parameters, HecBatch batch) {
    byte[] body = whole.bytes();
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    for (String name : ENVELOPE) {
      parameters.first(name).ifPresent(value -> envelope.put(name, value));
    }
    ByteSlice lines = Utf8.repaired(ByteSlice.of(body).withoutByteOrderMark());
    if (lines.array() != body) {
      whole.memory().require(lines.length());
    }
    byte[] b = lines.array();
    for (int start = lines.offset(), end; start < lines.end(); start = end + 1) {
      end = ByteSearch.find('\n', b, start, lines.end());
      if (end - start > parser.maxBytes()) {
        throw batch.invalid(parser.tooLarge(end - start));
      }
      long memory = (long) BYTES_A_BYTE * (end - start);
      whole.memory().require(memory);
      String line = new String(b, start, end - start, UTF_8);
      if (!line.isBlank()) {
        envelope.put("event", line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        batch.add(envelope);
      }
      whole.memory().giveBack(memory);
    }
  }
}

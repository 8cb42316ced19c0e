package routes.intake.hec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import routes.intake.DecodedBody;
import routes.intake.HttpProblem;
import routes.intake.JsonValues;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.RequestHead;
import routes.record.ByteSearch;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Utf8;

/** Reads what senders of HEC post: events, and lines under the path for raw data. Thread-safe. */
public final class HecBodies {

  private static final Pattern EVENTS = Pattern.compile("/services/collector(/event)?(/1\\.0)?/?");

  private static final Pattern LINES = Pattern.compile("/services/collector/raw(/1\\.0)?/?");

  /** What the query says of all lines, as its envelope does of an event. */
  private static final List<String> ENVELOPE =
      List.of("time", "host", "source", "sourcetype", "index");

  /** While a line becomes a record: a NUL is six characters of JSON. */
  private static final int BYTES_A_BYTE = 16;

  private final RecordParser parser;
  private final Clock clock;

  public HecBodies(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  HecBodies(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * The records of a body; all of it is accepted.
   *
   * <p>An event's service is what it or its {@code fields} say, else what the request says, else
   * its {@code sourcetype}, else its {@code source}, else {@code unknown_service}. Its time is what
   * its envelope says, else the event, else that of its arrival. What cannot be a service or a time
   * is data, and the next counts.
   *
   * @param request whose path tells events from lines
   * @throws routes.intake.InvalidRecordsException when there is no event, or one is invalid; it
   *     names the first of them
   * @throws HttpProblem 404 when the path is for neither; 413 or 429 when there is more than there
   *     is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    HecBatch batch = new HecBatch(records, parser, request.service());
    if (EVENTS.matcher(request.path()).matches()) {
      addEvents(body, batch);
    } else if (LINES.matcher(request.path()).matches()) {
      addLines(body, request.query(), batch);
    } else {
      throw HttpProblem.notFound(request.path());
    }
    return batch.intake();
  }

  private void addEvents(DecodedBody body, HecBatch batch) {
    JsonValues values = new JsonValues(body);
    try {
      for (ByteSlice value = values.next(); value != null; value = values.next()) {
        if (value.length() > parser.maxBytes()) {
          throw batch.invalid(parser.tooLarge(value.length()));
        }
        if (value.at(0) != '{') {
          throw batch.invalid(Reason.NOT_AN_OBJECT, "An event comes in a JSON object");
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

package routes.intake.hec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.intake.JsonValues;
import routes.intake.MalformedBodyException;
import routes.intake.QueryParameters;
import routes.intake.UnknownPathException;
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
   * @param path of the URL, which tells events from lines
   * @param query of the URL, where {@code service} names a service; or null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   * @throws routes.intake.InvalidRecordsException when there is no event, or one is invalid; it
   *     names the first of them
   * @throws UnknownPathException when the path is for neither
   */
  public Intake read(byte[] body, String path, @Nullable String query, @Nullable String header) {
    QueryParameters parameters = QueryParameters.of(query);
    Optional<String> service = parameters.service(header).filter(name -> !name.isEmpty());
    HecBatch batch = new HecBatch(parser, clock.instant(), service);
    if (EVENTS.matcher(path).matches()) {
      addEvents(body, batch);
    } else if (LINES.matcher(path).matches()) {
      addLines(body, parameters, batch);
    } else {
      throw new UnknownPathException("Nothing is at " + path);
    }
    return batch.intake();
  }

  private void addEvents(byte[] body, HecBatch batch) {
    JsonValues values = new JsonValues(body);
    try {
      for (ByteSlice value = values.next(); value != null; value = values.next()) {
        if (value.length() > parser.maxBytes()) {
          throw batch.invalid(parser.tooLarge(value.length()));
        }
        if (value.at(0) != '{') {
          throw batch.invalid(Reason.NOT_AN_OBJECT, "An event comes in a JSON object");
        }
        batch.add(JsonValues.tree(value));
      }
    } catch (MalformedBodyException malformed) {
      throw batch.invalid(Reason.NOT_JSON, String.valueOf(malformed.getMessage()));
    }
  }

  private static void addLines(byte[] body, QueryParameters parameters, HecBatch batch) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    for (String name : ENVELOPE) {
      parameters.first(name).ifPresent(value -> envelope.put(name, value));
    }
    ByteSlice lines = Utf8.repaired(ByteSlice.of(body).withoutByteOrderMark());
    byte[] b = lines.array();
    for (int start = lines.offset(), end; start < lines.end(); start = end + 1) {
      end = ByteSearch.find('\n', b, start, lines.end());
      String line = new String(b, start, end - start, UTF_8);
      if (!line.isBlank()) {
        envelope.put("event", line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        batch.add(envelope);
      }
    }
  }
}

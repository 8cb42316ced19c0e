package routes.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSearch;
import routes.json.ByteSlice;
import routes.json.CharacterPlaces;
import routes.json.ForeignJson;
import routes.json.SurrogateHalves;
import routes.json.Utf8;
import routes.record.Enrichment;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.RecordSink;
import routes.record.Rejection;

/**
 * Takes apart what a subscription of CloudWatch Logs puts on a stream: a record for each of its
 * events. A message that is itself an acceptable JSON object is the record, with what it lacks
 * appended; any other is the {@code message} of one. Safe for use by many threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">Log
 *     group-level subscription filters</a>
 */
final class CloudWatchEvents {

  private static final byte[] MARK = "\"messageType\"".getBytes(UTF_8);

  /** Names of groups and streams have 512 characters at most, accounts 12 digits. */
  private static final int MAX_NAME = 512;

  /** What all events of one document may become, as each repeats what they have in common. */
  private static final long MAX_EXPANDED_BYTES = 2L * EnvelopeReader.MAX_BYTES;

  /** Names, quotes, time and id of a record. */
  private static final int RECORD_BYTES = 192;

  private final RecordParser parser;

  CloudWatchEvents(RecordParser parser) {
    this.parser = parser;
  }

  /**
   * One event of a document.
   *
   * @param others its other fields, such as what the subscription's filter extracts, as JSON
   */
  private record Event(
      @Nullable String id, long timestamp, String message, Map<String, ByteSlice> others) {}

  @FunctionalInterface
  private interface EventSink {
    void accept(Event event);
  }

  /**
   * Gives each event to the sink if the object is such a document, whole and well-formed. One that
   * only tells that the subscription works has none.
   *
   * @return whether it is such a document
   */
  boolean read(ByteSlice object, Instant arrival, RecordSink sink) {
    if (!hasMark(object) || Utf8.firstInvalid(object) != Utf8.NOWHERE) {
      return false;
    }
    Document document = new Document(object);
    int[] count = new int[1];
    try {
      document.walk(event -> count[0]++);
      if (!document.isKnown()) {
        return false;
      }
      if (document.isControl()) {
        return true;
      }
      long expanded = object.length() + count[0] * (RECORD_BYTES + document.contextBytes());
      if (expanded > MAX_EXPANDED_BYTES) {
        String why = "The %s events of log group %s would take more than %s bytes";
        sink.accept(
            0,
            object,
            new Rejection(
                Reason.TOO_LARGE, why.formatted(count[0], document.logGroup, MAX_EXPANDED_BYTES)));
        return true;
      }
      document.walk(event -> take(event, document, arrival, sink));
      return true;
    } catch (IOException notSuchADocument) {
      return false;
    }
  }

  private static boolean hasMark(ByteSlice object) {
    if (object.isEmpty() || object.at(0) != '{') {
      return false;
    }
    byte[] b = object.array();
    int to = object.end() - MARK.length;
    int at = object.offset();
    while (at < to && !Arrays.equals(b, at, at + MARK.length, MARK, 0, MARK.length)) {
      at = ByteSearch.find('"', b, at + 1, to);
    }
    return at < to;
  }

  private void take(Event event, Document document, Instant arrival, RecordSink sink) {
    String id = event.id();
    ByteSlice json = id == null ? null : document.asRecord(event);
    if (json != null) {
      Enrichment enrichment =
          new Enrichment(document.service(), Instant.ofEpochMilli(event.timestamp()), () -> id);
      ParseResult result = parser.parse(json, arrival, enrichment);
      if (result instanceof LogRecord) {
        sink.accept(0, json, result);
        return;
      }
    }
    ByteSlice text = document.withMessage(event);
    sink.accept(0, text, parser.parse(text, arrival));
  }

  /** One document, and what all its events have in common. */
  private static final class Document {

    private static final Pattern NOT_IN_A_SERVICE = Pattern.compile("[^A-Za-z0-9_.-]");

    /** Half a pair: a whole one counts as one character of another kind. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    /** The longest service; none of the characters left in it takes more than one byte. */
    private static final int MAX_SERVICE = 200;

    private final ByteSlice object;
    private String messageType = "";
    private String owner = "";
    private String logGroup = "";
    private String logStream = "";
    private boolean hasEvents;

    Document(ByteSlice object) {
      this.object = object;
    }

    /** Reads it once; what is in it that must not be there makes it none. */
    void walk(EventSink events) throws IOException {
      try (JsonParser json = ForeignJson.parser(object)) {
        CharacterPlaces places = new CharacterPlaces(object);
        require(json.nextToken() == JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          switch (name) {
            case "messageType" -> messageType = text(json);
            case "owner" -> owner = text(json);
            case "logGroup" -> logGroup = text(json);
            case "logStream" -> logStream = text(json);
            case "logEvents" -> walkEvents(json, places, events);
            default -> json.skipChildren();
          }
        }
        require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
      }
    }

    private void walkEvents(JsonParser json, CharacterPlaces places, EventSink events)
        throws IOException {
      require(json.currentToken() == JsonToken.START_ARRAY);
      hasEvents = true;
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String id = null;
        String message = null;
        Long timestamp = null;
        Map<String, ByteSlice> others = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          switch (name) {
            case "id" -> id = text(json);
            case "message" -> message = text(json);
            case "timestamp" -> {
              require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
              timestamp = json.getLongValue();
            }
            default -> others.put(name, value(json, places));
          }
        }
        if (message == null || timestamp == null) {
          throw unexpected();
        }
        events.accept(new Event(id, timestamp, message, others));
      }
      require(json.currentToken() == JsonToken.END_ARRAY);
    }

    boolean isKnown() {
      return hasEvents
          && (isControl() || (messageType.equals("DATA_MESSAGE") && !service().isEmpty()))
          && owner.length() <= MAX_NAME
          && logGroup.length() <= MAX_NAME
          && logStream.length() <= MAX_NAME;
    }

    boolean isControl() {
      return messageType.equals("CONTROL_MESSAGE");
    }

    /** The last part of the group's name. */
    String service() {
      String name = logGroup.replaceFirst("/+$", "");
      String last = name.substring(name.lastIndexOf('/') + 1);
      String service = NOT_IN_A_SERVICE.matcher(last).replaceAll("-");
      return service.substring(0, Math.min(service.length(), MAX_SERVICE));
    }

    /** In every record of the document. */
    long contextBytes() {
      return 3L * (owner.length() + 2L * logGroup.length() + logStream.length());
    }

    /** The message as a record, if it is a JSON object, with what of the context it lacks. */
    @Nullable ByteSlice asRecord(Event event) {
      String message = event.message().strip();
      if (!message.startsWith("{") || !message.endsWith("}")) {
        return null;
      }
      Set<String> names = new HashSet<>();
      try (JsonParser json = ForeignJson.parser(ByteSlice.utf8(message))) {
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          names.add(name);
          json.nextToken();
          json.skipChildren();
        }
        require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
      } catch (IOException text) {
        return null;
      }
      ObjectWriter record = new ObjectWriter(message.substring(0, message.length() - 1), names);
      if (!names.contains("ingest_id")) {
        record.add("record_id", event.id());
      }
      event.others().forEach(record::addJson);
      return record.with(this);
    }

    /** The message as the text of a record. */
    ByteSlice withMessage(Event event) {
      ObjectWriter record =
          new ObjectWriter("{\"timestamp\":" + event.timestamp(), Set.of("timestamp"));
      record.add("service", service());
      record.add("message", event.message());
      record.add("record_id", event.id());
      event.others().forEach(record::addJson);
      return record.with(this);
    }

    private ByteSlice value(JsonParser json, CharacterPlaces places) throws IOException {
      int from = places.of(json.currentTokenLocation().getCharOffset());
      json.skipChildren();
      json.finishToken();
      int to = places.of(json.currentLocation().getCharOffset());
      return SurrogateHalves.replaced(object.slice(from, to).trim());
    }

    private static String text(JsonParser json) throws IOException {
      require(json.currentToken() == JsonToken.VALUE_STRING);
      return LONE_SURROGATE.matcher(json.getText()).replaceAll("\uFFFD");
    }

    private static void require(boolean asExpected) throws IOException {
      if (!asExpected) {
        throw unexpected();
      }
    }

    private static IOException unexpected() {
      return new IOException("not what CloudWatch Logs sends");
    }
  }

  /** An object that is open at its end. */
  private static final class ObjectWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Set<String> names;
    private boolean isEmpty;

    /**
     * @param names that are in it already
     */
    ObjectWriter(String opened, Set<String> names) {
      this.names = names;
      this.isEmpty = names.isEmpty();
      out.writeBytes(opened.getBytes(UTF_8));
    }

    /** Adds a text, unless there is none, or something of that name. */
    void add(String name, @Nullable String text) {
      if (text == null || text.isEmpty() || names.contains(name)) {
        return;
      }
      begin(name);
      quote(text);
    }

    void addJson(String name, ByteSlice value) {
      begin(name);
      out.write(value.array(), value.offset(), value.length());
    }

    private void begin(String name) {
      if (!isEmpty) {
        out.write(',');
      }
      quote(name);
      out.write(':');
      isEmpty = false;
    }

    private void quote(String text) {
      out.write('"');
      out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
      out.write('"');
    }

    ByteSlice with(Document document) {
      add("owner", document.owner);
      add("logGroup", document.logGroup);
      add("logStream", document.logStream);
      out.write('}');
      return ByteSlice.of(out.toByteArray());
    }
  }
}

package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.http.BodyMemory;
import routes.http.DecodedBody;
import routes.ingest.JsonSkip;
import routes.ingest.JsonValues;
import routes.json.ByteSlice;
import routes.json.CharacterPlaces;

/**
 * Reads one protobuf message from OTLP/JSON, which is protobuf's JSON mapping but for these: ids
 * are in hexadecimal digits, unknown fields are ignored. A value that its field cannot hold is left
 * out and noted for the message that is to be refused for it; other messages are read all the same.
 * Not thread-safe.
 */
final class JsonMessages {

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

  private static final Pattern DECIMAL =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|NaN|-?Infinity");

  /** As the protocol's definition has names, and some senders write them. */
  private static final Pattern SNAKE_CASE = Pattern.compile("_([a-z])");

  /** Of a fault that is remembered, with its place. */
  private static final int BYTES_A_FAULT = 400;

  /** More than any number has that fits, written out or not. */
  private static final int MAX_DIGITS = 64;

  /** No number that fits has more of them, written as it may be. */
  private static final int MAX_NUMBER_LENGTH = 1000;

  /** Of objects and arrays in each other; a record may have a hundred. */
  private static final int MAX_DEPTH = 1000;

  /** For each name, text, number, and begin and end of an object or array. */
  private static final int BYTES_A_NODE = 40;

  private final ByteSlice body;
  private final BodyMemory.Share memory;
  private final JsonParser json;
  private final CharacterPlaces places;
  private final Set<Descriptor> refusable;
  private final Map<String, Fault> faults = new LinkedHashMap<>();

  /** Where the innermost message begins that is refused for what is wrong in it; or null. */
  private @Nullable JsonStreamContext refused;

  /**
   * What is wrong with a message.
   *
   * @param text the value, its place and what was expected
   * @param json the message as it came
   */
  record Fault(String text, ByteSlice json) {}

  /** A value that its field cannot hold, in JSON that is well-formed. */
  private static final class ValueException extends JsonParseException {

    private static final long serialVersionUID = 1;

    ValueException(JsonParser json, String text) {
      super(json, text);
    }

    /** There may be as many as there are values. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private JsonMessages(
      ByteSlice body, BodyMemory.Share memory, JsonParser json, Set<Descriptor> refusable) {
    this.memory = memory;
    this.body = body;
    this.json = json;
    this.places = new CharacterPlaces(body);
    this.refusable = refusable;
  }

  /**
   * Takes memory for the objects that a body becomes.
   *
   * @return how many bytes, to be given back
   * @throws routes.http.HttpProblem 413 or 429 when there is none
   */
  static long memory(DecodedBody body) throws IOException {
    ByteSlice text = JsonValues.json(body);
    try (JsonParser json = JsonSkip.parser(text)) {
      json.nextToken();
      long nodes = json.currentToken() == null ? 0 : new JsonSkip(body).skip(json);
      long bytes = nodes * BYTES_A_NODE + 2L * text.length();
      body.memory().require(bytes);
      return bytes;
    }
  }

  /**
   * Fills a message from a body.
   *
   * @param refusable the kinds of message within it that are refused alone when a value is wrong
   * @return what is wrong with which of those, by its place, such as {@code /resourceLogs/0}
   * @throws IOException when it is no such message, or a value outside those is wrong; says where
   */
  static Map<String, Fault> read(
      DecodedBody body, Message.Builder message, Set<Descriptor> refusable) throws IOException {
    ByteSlice text = JsonValues.json(body);
    try (JsonParser json = JsonSkip.parser(text)) {
      json.nextToken();
      JsonMessages messages = new JsonMessages(text, body.memory(), json, refusable);
      messages.readMessage(message);
      if (json.nextToken() != null) {
        throw malformed(json, "its end");
      }
      return messages.faults;
    }
  }

  private void readMessage(Message.Builder message) throws IOException {
    if (!refusable.contains(message.getDescriptorForType())) {
      readObject(message);
      return;
    }
    JsonStreamContext around = refused;
    JsonStreamContext here = json.getParsingContext();
    if (json.currentToken().isStructStart()) {
      here = here.getParent();
    }
    int start = places.of(json.currentTokenLocation().getCharOffset());
    refused = here;
    try {
      readObject(message);
    } catch (ValueException wrong) {
      note(here, wrong);
      json.skipChildren();
    }
    refused = around;
    if (!faults.isEmpty()) {
      json.finishToken();
      ByteSlice whole = body.slice(start, places.of(json.currentLocation().getCharOffset()));
      faults.computeIfPresent(place(here), (place, fault) -> new Fault(fault.text(), whole));
    }
  }

  private void readObject(Message.Builder message) throws IOException {
    require(JsonToken.START_OBJECT);
    if (json.getParsingContext().getNestingDepth() > MAX_DEPTH) {
      throw wrong("at most " + MAX_DEPTH + " levels");
    }
    readFields(message);
  }

  /** Remembers what is wrong with the message that is to be refused, if it is the first thing. */
  private void note(JsonStreamContext message, ValueException wrong) {
    memory.require(BYTES_A_FAULT + 2L * wrong.getOriginalMessage().length());
    faults.putIfAbsent(place(message), new Fault(wrong.getOriginalMessage(), body));
  }

  private static String place(JsonStreamContext context) {
    return SNAKE_CASE
        .matcher(context.pathAsPointer().toString())
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private void readFields(Message.Builder message) throws IOException {
    int depth = json.getParsingContext().getNestingDepth();
    BitSet seen = new BitSet();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      FieldDescriptor field = field(message, json.currentName());
      JsonToken value = json.nextToken();
      if (field == null) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        try {
          if (seen.get(field.getIndex())) {
            // The elements of a second list would have the places of those of the first.
            throw wrong("no second value");
          }
          seen.set(field.getIndex());
          readField(message, field);
        } catch (ValueException wrong) {
          if (refused == null) {
            throw wrong;
          }
          note(refused, wrong);
          while (json.getParsingContext().getNestingDepth() > depth) {
            json.nextToken();
          }
        }
      }
    }
  }

  private void readField(Message.Builder message, FieldDescriptor field) throws IOException {
    if (!field.isRepeated()) {
      message.setField(field, value(field, message));
      return;
    }
    require(JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      message.addRepeatedField(field, value(field, message));
    }
  }

  /** By its name in JSON, or the one in the protocol's definition, as some write it. */
  private static @Nullable FieldDescriptor field(Message.Builder message, String name) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private Object value(FieldDescriptor field, Message.Builder message) throws IOException {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> {
        Message.Builder value = message.newBuilderForField(field);
        readMessage(value);
        yield value.build();
      }
      case STRING -> text();
      case BYTES -> bytes(field);
      case INT64, SINT64, SFIXED64 -> whole(true, Long.SIZE);
      case UINT64, FIXED64 -> whole(false, Long.SIZE);
      case INT32, SINT32, SFIXED32 -> (int) whole(true, Integer.SIZE);
      case UINT32, FIXED32 -> (int) whole(false, Integer.SIZE);
      case ENUM -> enumeration(field);
      case DOUBLE -> decimal();
      case BOOL -> {
        if (!json.currentToken().isBoolean()) {
          throw wrong("true or false");
        }
        yield json.getBooleanValue();
      }
      case FLOAT -> throw wrong("no such field");
    };
  }

  private String text() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(JsonToken.VALUE_STRING.name());
    }
    return json.getText();
  }

  private ByteString bytes(FieldDescriptor field) throws IOException {
    boolean isId = IDS.contains(field.getJsonName());
    String text = text();
    try {
      return ByteString.copyFrom(
          isId
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException malformed) {
      throw wrong(isId ? "hexadecimal digits" : "base64");
    }
  }

  /** A number is what the specification wants, but some write the name. */
  private Object enumeration(FieldDescriptor field) throws IOException {
    EnumValueDescriptor named =
        json.currentToken() == JsonToken.VALUE_STRING
            ? field.getEnumType().findValueByName(json.getText())
            : null;
    return named == null
        ? field.getEnumType().findValueByNumberCreatingIfUnknown((int) whole(true, Integer.SIZE))
        : named;
  }

  /** A number or the text of one; of an unsigned field the same bits. */
  private long whole(boolean signed, int bits) throws IOException {
    String expected =
        "a whole number of at most " + bits + " bits, " + (signed ? "signed" : "not negative");
    String text = number(expected);
    try {
      BigDecimal number = new BigDecimal(text.length() > MAX_DIGITS ? "" : text);
      boolean isShort =
          number.scale() <= MAX_DIGITS && (long) number.precision() - number.scale() <= MAX_DIGITS;
      if (isShort) {
        BigInteger whole = number.toBigIntegerExact();
        boolean fits =
            signed ? whole.bitLength() < bits : whole.signum() >= 0 && whole.bitLength() <= bits;
        if (fits) {
          return whole.longValue();
        }
      }
      throw wrong(expected);
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw wrong(expected);
    }
  }

  /** {@code "NaN"} and {@code "Infinity"} are texts. */
  private double decimal() throws IOException {
    String text = number("a number");
    if (!DECIMAL.matcher(text).matches()) {
      throw wrong("a number");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) && !text.endsWith("y")) {
      throw wrong("a number of at most 64 bits");
    }
    return value;
  }

  private String number(String expected) throws IOException {
    if (!json.currentToken().isNumeric() && json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(expected);
    }
    if (json.getTextLength() > MAX_NUMBER_LENGTH) {
      throw wrong(expected);
    }
    return json.getText();
  }

  private void require(JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw wrong(token.name());
    }
  }

  private ValueException wrong(String expected) {
    return new ValueException(json, expected(json, expected));
  }

  private static JsonParseException malformed(JsonParser json, String expected) {
    return new JsonParseException(json, expected(json, expected));
  }

  private static String expected(JsonParser json, String expected) {
    return "expected %s at \"%s\"".formatted(expected, json.getParsingContext().pathAsPointer());
  }
}

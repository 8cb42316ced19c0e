package routes.intake.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.intake.BodyMemory;
import routes.intake.DecodedBody;
import routes.intake.JsonSkip;
import routes.record.ByteSearch;
import routes.record.ByteSlice;

/**
 * Reads protobuf messages from OTLP/JSON, which is protobuf's JSON mapping but for these: ids are
 * in hexadecimal digits, enumerations are numbers, unknown fields are ignored. Not thread-safe.
 */
final class JsonMessages {

  /** UTF-8 only: whatever NULs made Jackson take for UTF-32 would fail in unforeseen ways. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

  /** The most that a character of a text takes before it is decoded, as an escape. */
  private static final int BYTES_A_CHARACTER = 6;

  /** What a text of some length takes while it is decoded, for each of its bytes. */
  private static final int BYTES_A_BYTE = 6;

  /** Shorter texts are not worth asking for memory. */
  private static final int SHORT_BYTES = 4 << 10;

  private final byte[] body;
  private final BodyMemory.Share memory;
  private final int maxTextBytes;
  private final JsonSkip skip;
  private final ProtobufBuffer out;

  /**
   * Reads one body.
   *
   * @param maxTextBytes a text that is longer may be handed on as it stands, since nobody reads it
   */
  JsonMessages(DecodedBody body, int maxTextBytes) {
    this.body = body.bytes();
    this.memory = body.memory();
    this.maxTextBytes = maxTextBytes;
    this.skip = new JsonSkip(body);
    this.out = new ProtobufBuffer(body.memory());
  }

  /**
   * The message in a body in protobuf's own encoding, made without an object for any part of it.
   *
   * @throws IOException when it is no such message; says where
   */
  ByteSlice toProtobuf(Descriptor type) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      writeMessage(json, type);
      if (json.nextToken() != null) {
        throw unexpected(json, "its end");
      }
      return out.bytes();
    }
  }

  private void writeMessage(JsonParser json, Descriptor type) throws IOException {
    require(json, JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      FieldDescriptor field = field(type, json.currentName());
      if (field == null) {
        skip.see(json.currentName());
      }
      JsonToken value = json.nextToken();
      if (field == null) {
        long unused = skip.skip(json);
      } else if (value != JsonToken.VALUE_NULL && field.isRepeated()) {
        require(json, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          writeValue(json, field);
        }
      } else if (value != JsonToken.VALUE_NULL) {
        writeValue(json, field);
      }
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private void writeValue(JsonParser json, FieldDescriptor field) throws IOException {
    switch (field.getJavaType()) {
      case MESSAGE -> {
        int start = out.startMessage(field.getNumber());
        writeMessage(json, field.getMessageType());
        out.endMessage(start);
      }
      case STRING -> writeText(json, field);
      case BYTE_STRING -> out.writeBytes(field.getNumber(), bytes(json, field));
      case LONG, INT, ENUM -> out.writeWhole(field, whole(json));
      case DOUBLE -> out.writeDouble(field.getNumber(), decimal(json));
      case BOOLEAN -> {
        if (!json.currentToken().isBoolean()) {
          throw unexpected(json, "true or false");
        }
        out.writeBool(field.getNumber(), json.getBooleanValue());
      }
      case FLOAT -> throw unexpected(json, "no such field");
    }
  }

  /** Jackson has a text in several copies before it is one, so a long one is paid for first. */
  private void writeText(JsonParser json, FieldDescriptor field) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    int start = (int) json.currentTokenLocation().getByteOffset() + 1;
    int end = endOfText(start);
    if (end - start > (long) maxTextBytes * BYTES_A_CHARACTER) {
      out.writeBytes(field.getNumber(), body, start, end - start);
      return;
    }
    long held = end - start < SHORT_BYTES ? 0 : (long) BYTES_A_BYTE * (end - start);
    memory.require(held);
    boolean escaped = ByteSearch.find('\\', body, start, end) < end;
    out.writeBytes(
        field.getNumber(), escaped ? unescaped(json.getText()) : json.getText().getBytes(UTF_8));
    memory.giveBack(held);
  }

  /** Half a surrogate pair, which only an escape can express, becomes U+FFFD. */
  private static byte[] unescaped(String text) throws IOException {
    ByteBuffer bytes =
        UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith("\uFFFD".getBytes(UTF_8))
            .encode(CharBuffer.wrap(text));
    byte[] encoded = new byte[bytes.remaining()];
    bytes.get(encoded);
    return encoded;
  }

  private int endOfText(int start) {
    int end = ByteSearch.find('"', body, start, body.length);
    for (int escape = ByteSearch.find('\\', body, start, end); escape < end; ) {
      if (escape + 1 == end) {
        end = ByteSearch.find('"', body, Math.min(end + 1, body.length), body.length);
      }
      escape = ByteSearch.find('\\', body, Math.min(escape + 2, end), end);
    }
    return end;
  }

  private static String text(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static byte[] bytes(JsonParser json, FieldDescriptor field) throws IOException {
    boolean isId = IDS.contains(field.getJsonName());
    String text = text(json);
    try {
      return isId ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      throw unexpected(json, isId ? "hexadecimal digits" : "base64");
    }
  }

  /** A number or the text of one; above 2^63 it wraps around, as unsigned fields want it. */
  private static long whole(JsonParser json) throws IOException {
    String text = number(json);
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException notPlain) {
      return wholeWithExponent(json, text);
    }
  }

  private static long wholeWithExponent(JsonParser json, String text) throws IOException {
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw unexpected(json, "a whole number of at most 64 bits");
    }
  }

  /** {@code "NaN"} and {@code "Infinity"} are texts. */
  private static double decimal(JsonParser json) throws IOException {
    try {
      return Double.parseDouble(number(json));
    } catch (NumberFormatException noNumber) {
      throw unexpected(json, "a number");
    }
  }

  private static String number(JsonParser json) throws IOException {
    if (!json.currentToken().isNumeric() && json.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected(json, "a number");
    }
    return json.getText();
  }

  private static void require(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw unexpected(json, token.name());
    }
  }

  private static JsonParseException unexpected(JsonParser json, String expected) {
    return new JsonParseException(
        json,
        "expected %s at \"%s\"".formatted(expected, json.getParsingContext().pathAsPointer()));
  }
}

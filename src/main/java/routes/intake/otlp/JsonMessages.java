package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads protobuf messages from OTLP/JSON, which is protobuf's JSON mapping but for these: ids are
 * in hexadecimal digits, enumerations are numbers, unknown fields are ignored.
 */
final class JsonMessages {

  /** UTF-8 only: whatever NULs made Jackson take for UTF-32 would fail in unforeseen ways. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

  private JsonMessages() {}

  /**
   * Fills a message from a body.
   *
   * @throws IOException when it is no such message; says where
   */
  static <T extends Message.Builder> T read(byte[] body, T message) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      readMessage(json, message);
      if (json.nextToken() != null) {
        throw unexpected(json, "its end");
      }
      return message;
    }
  }

  private static void readMessage(JsonParser json, Message.Builder message) throws IOException {
    require(json, JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      FieldDescriptor field = field(message, json.currentName());
      JsonToken value = json.nextToken();
      if (field == null) {
        json.skipChildren();
      } else if (value == JsonToken.VALUE_NULL) {
        message.clearField(field);
      } else if (field.isRepeated()) {
        require(json, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          message.addRepeatedField(field, value(json, field, message));
        }
      } else {
        message.setField(field, value(json, field, message));
      }
    }
  }

  private static @Nullable FieldDescriptor field(Message.Builder message, String name) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static Object value(JsonParser json, FieldDescriptor field, Message.Builder message)
      throws IOException {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        Message.Builder value = message.newBuilderForField(field);
        readMessage(json, value);
        yield value.build();
      }
      case STRING -> text(json);
      case BYTE_STRING -> bytes(json, field);
      case LONG -> whole(json);
      case INT -> (int) whole(json);
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((int) whole(json));
      case DOUBLE -> decimal(json);
      case BOOLEAN -> {
        if (!json.currentToken().isBoolean()) {
          throw unexpected(json, "true or false");
        }
        yield json.getBooleanValue();
      }
      case FLOAT -> throw unexpected(json, "no such field");
    };
  }

  private static String text(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static ByteString bytes(JsonParser json, FieldDescriptor field) throws IOException {
    boolean isId = IDS.contains(field.getJsonName());
    String text = text(json);
    try {
      return ByteString.copyFrom(
          isId ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
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

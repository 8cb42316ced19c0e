package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The members of one request. */
final class Request {

  private final WireFormat format;
  private final JsonNode members;

  private Request(WireFormat format, JsonNode members) {
    this.format = format;
    this.members = members;
  }

  static Request read(WireFormat format, byte[] body) throws IOException {
    return of(format, format.mapper().readTree(body));
  }

  /** Reads one structure where the parser is. */
  static Request read(WireFormat format, JsonParser parser) throws IOException {
    return of(format, format.mapper().readTree(parser));
  }

  private static Request of(WireFormat format, JsonNode members) {
    if (!members.isObject()) {
      throw KinesisException.serialization("The request is no structure.");
    }
    return new Request(format, members);
  }

  /** The stream the request means, by its name or ARN. */
  String streamName() {
    return Account.streamName(string("StreamName"), string("StreamARN"));
  }

  @Nullable String string(String member) {
    JsonNode value = value(member);
    if (value != null && !value.isTextual()) {
      throw unexpected(member, "string");
    }
    return value == null ? null : value.textValue();
  }

  String requiredString(String member) {
    return Constraints.required(wireName(member), string(member));
  }

  @Nullable String identifier(String member) {
    String value = string(member);
    return value == null ? null : Constraints.identifier(wireName(member), value);
  }

  String requiredIdentifier(String member) {
    return Constraints.required(wireName(member), identifier(member));
  }

  @Nullable Integer integer(String member, int min, int max) {
    JsonNode value = value(member);
    if (value == null) {
      return null;
    }
    if (!value.canConvertToInt()) {
      throw unexpected(member, "integer");
    }
    return Constraints.range(wireName(member), value.intValue(), min, max);
  }

  int integer(String member, int min, int max, int otherwise) {
    Integer value = integer(member, min, max);
    return value == null ? otherwise : value;
  }

  int requiredInteger(String member, int min, int max) {
    return Constraints.required(wireName(member), integer(member, min, max));
  }

  /** Epoch milliseconds. */
  @Nullable Long timestamp(String member) {
    JsonNode value = value(member);
    if (value != null && !value.isNumber()) {
      throw unexpected(member, "timestamp");
    }
    return value == null ? null : (Long) format.millis(value);
  }

  byte @Nullable [] blob(String member) {
    JsonNode value = value(member);
    if (value == null) {
      return null;
    }
    try {
      byte[] bytes = value.binaryValue();
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      throw KinesisException.serialization(member + " is no base64: " + e.getMessage());
    }
    throw unexpected(member, "blob");
  }

  <T extends Enum<T>> @Nullable T oneOf(String member, Class<T> type) {
    String value = string(member);
    return value == null ? null : Constraints.oneOf(wireName(member), value, type);
  }

  @Nullable Request structure(String member) {
    JsonNode value = value(member);
    return value == null ? null : of(format, value);
  }

  private @Nullable JsonNode value(String member) {
    JsonNode value = members.get(member);
    return value == null || value.isNull() ? null : value;
  }

  private static KinesisException unexpected(String member, String type) {
    return KinesisException.serialization("%s is no %s.".formatted(member, type));
  }

  /** AWS names members in its complaints with a small first letter. */
  private static String wireName(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }
}

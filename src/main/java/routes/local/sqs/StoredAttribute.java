package routes.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a stored message.
 *
 * @param value base64 when the type is binary
 * @param customType the label after the dot in a type such as {@code Number.int}; null without one
 */
record StoredAttribute(Type type, String value, @Nullable String customType) {

  enum Type {
    STRING("String"),
    NUMBER("Number"),
    BINARY("Binary");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /**
   * Reads one of a request.
   *
   * @throws SqsException when the type is none or the value is missing
   */
  static StoredAttribute of(String name, Members attribute) {
    String dataType = attribute.required("DataType");
    int dot = dataType.indexOf('.');
    Type type = type(name, dot < 0 ? dataType : dataType.substring(0, dot));
    return new StoredAttribute(
        type,
        type == Type.BINARY ? base64(name, attribute) : attribute.required("StringValue"),
        dot < 0 ? null : dataType.substring(dot + 1));
  }

  private static Type type(String name, String word) {
    try {
      return Type.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException none) {
      throw SqsException.invalid(
          "The type of the message attribute '%s' must begin with String, Number or Binary."
              .formatted(name));
    }
  }

  private static String base64(String name, Members attribute) {
    String value = attribute.required("BinaryValue");
    try {
      Base64.getDecoder().decode(value);
      return value;
    } catch (IllegalArgumentException e) {
      throw SqsException.invalid("The message attribute '%s' is no base64.".formatted(name));
    }
  }

  /** As AWS writes the type, such as {@code Number.int}. */
  @JsonIgnore
  String dataType() {
    return customType == null ? type.word : type.word + "." + customType;
  }

  @JsonIgnore
  boolean isBinary() {
    return type == Type.BINARY;
  }

  /** What the value means, as text or binary. */
  byte[] bytes() {
    return isBinary() ? Base64.getDecoder().decode(value) : value.getBytes(UTF_8);
  }
}

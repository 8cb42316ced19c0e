package routes.local;

import org.elasticmq.BinaryMessageAttribute;
import org.elasticmq.MessageAttribute;
import org.elasticmq.NumberMessageAttribute;
import org.elasticmq.StringMessageAttribute;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * An attribute of a stored message.
 *
 * @param value base64 when the type is binary
 * @param customType the label after the dot in a type such as {@code Number.int}; null without one
 */
record StoredAttribute(Type type, String value, @Nullable String customType) {

  enum Type {
    STRING,
    NUMBER,
    BINARY
  }

  static StoredAttribute of(MessageAttribute attribute) {
    Option<String> custom = attribute.customType();
    String customType = custom.isDefined() ? custom.get() : null;
    if (attribute instanceof StringMessageAttribute string) {
      return new StoredAttribute(Type.STRING, string.stringValue(), customType);
    }
    if (attribute instanceof NumberMessageAttribute number) {
      return new StoredAttribute(Type.NUMBER, number.stringValue(), customType);
    }
    if (attribute instanceof BinaryMessageAttribute binary) {
      return new StoredAttribute(Type.BINARY, binary.asBase64(), customType);
    }
    throw new IllegalArgumentException("Unknown type of attribute: " + attribute.getDataType());
  }

  MessageAttribute toAttribute() {
    Option<String> custom = Option.apply(customType);
    return switch (type) {
      case STRING -> new StringMessageAttribute(value, custom);
      case NUMBER -> new NumberMessageAttribute(value, custom);
      case BINARY -> BinaryMessageAttribute.fromBase64(value, custom);
    };
  }
}

package routes.local.kinesis;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks AWS makes on every member of a request, with its wording. */
final class Constraints {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z0-9_.-]+");

  private Constraints() {}

  static <T> T required(String member, @Nullable T value) {
    if (value == null) {
      throw violated(null, member, "Member must not be null");
    }
    return value;
  }

  /** Names of streams and shards: 1 to 128 characters of a small alphabet. */
  static String identifier(String member, String value) {
    length(member, value, 1, 128);
    if (!IDENTIFIER.matcher(value).matches()) {
      throw violated(
          value, member, "Member must satisfy regular expression pattern: " + IDENTIFIER.pattern());
    }
    return value;
  }

  static String length(String member, String value, int min, int max) {
    length(member, value, value.length(), min, max);
    return value;
  }

  static void length(String member, Object value, int length, int min, int max) {
    if (length < min) {
      throw violated(value, member, "Member must have length greater than or equal to " + min);
    }
    if (length > max) {
      throw violated(value, member, "Member must have length less than or equal to " + max);
    }
  }

  static int range(String member, int value, int min, int max) {
    if (value < min) {
      throw violated(value, member, "Member must have value greater than or equal to " + min);
    }
    if (value > max) {
      throw violated(value, member, "Member must have value less than or equal to " + max);
    }
    return value;
  }

  static <T extends Enum<T>> T oneOf(String member, String value, Class<T> type) {
    for (T constant : type.getEnumConstants()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw violated(
        value, member, "Member must satisfy enum value set: " + List.of(type.getEnumConstants()));
  }

  static KinesisException violated(@Nullable Object value, String member, String constraint) {
    String shown = value == null ? "null" : "'" + value + "'";
    return KinesisException.validation(
        "1 validation error detected: Value %s at '%s' failed to satisfy constraint: %s"
            .formatted(shown, member, constraint));
  }
}

package routes.local.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The simple ones of the patterns that CloudWatch Logs filters by: words that are all there, such
 * with a minus that are not, and {@code { $.field = value }}.
 */
final class FilterPattern {

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern FIELD =
      Pattern.compile(
          "\\{\\s*\\$\\.([A-Za-z0-9_@.-]+)\\s*=\\s*(?:\"([^\"*]*)\"|([^\\s\"*]+))\\s*}");

  private static final Pattern WORDS =
      Pattern.compile("(?:-?(?:\"[^\"]+\"|[\\w.:@/+=-]+)(?:\\s+|$))*");
  private static final Pattern WORD = Pattern.compile("(-?)(?:\"([^\"]+)\"|(\\S+))");

  private FilterPattern() {}

  /**
   * Reads one.
   *
   * @param pattern null = everything
   * @throws LogsException when it is none of these
   */
  static Predicate<String> of(@Nullable String pattern) {
    String text = pattern == null ? "" : pattern.strip();
    Matcher field = FIELD.matcher(text);
    if (field.matches()) {
      String value = field.group(2) == null ? field.group(3) : field.group(2);
      String pointer = "/" + field.group(1).replace('.', '/');
      return message -> value.equals(at(message, pointer));
    }
    if (!WORDS.matcher(text).matches()) {
      throw LogsException.invalid(
          "The embedded CloudWatch Logs filters by words, by words with a minus and by { $.field = value }, and does not know the pattern: "
              + text);
    }
    Predicate<String> all = message -> true;
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String part = word.group(2) == null ? word.group(3) : word.group(2);
      boolean wanted = word.group(1).isEmpty();
      all = all.and(message -> message.contains(part) == wanted);
    }
    return all;
  }

  private static @Nullable String at(String message, String pointer) {
    try {
      JsonNode value = JSON.readTree(message).at(pointer);
      return value.isValueNode() ? value.asText() : null;
    } catch (JsonProcessingException noJson) {
      return null;
    }
  }
}

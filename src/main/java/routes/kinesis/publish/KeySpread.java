package routes.kinesis.publish;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Over how many partition keys busy services are spread, as text: {@code checkout:8,search:2}. */
final class KeySpread {

  private static final Pattern PART =
      Pattern.compile("\\s*(?<service>.*\\S)\\s*:(?<keys>[0-9]{1,5})\\s*");
  private static final int MAX_KEYS = 10_000;

  private KeySpread() {}

  /**
   * Reads the text.
   *
   * @param text may be empty
   * @throws IllegalArgumentException with what is allowed
   */
  static Map<String, Integer> of(String text) {
    Map<String, Integer> spread = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      int keys = matcher.matches() ? Integer.parseInt(matcher.group("keys")) : 0;
      if (keys < 1 || keys > MAX_KEYS || spread.put(matcher.group("service"), keys) != null) {
        throw new IllegalArgumentException(
            "must be services, each once, with 1 to %s keys, such as checkout:8,search:2"
                .formatted(MAX_KEYS));
      }
    }
    return Collections.unmodifiableMap(spread);
  }

  static String text(Map<String, Integer> spread) {
    return spread.entrySet().stream()
        .map(part -> part.getKey() + ":" + part.getValue())
        .collect(Collectors.joining(","));
  }
}

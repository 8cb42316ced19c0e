package routes.settings;

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
  private static final int MOST_KEYS = 10_000;

  private KeySpread() {}

  static Map<String, Integer> of(Value value) {
    Map<String, Integer> spread = new TreeMap<>();
    for (String part : value.isSet() ? value.text().split(",", -1) : new String[0]) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw allowed(value);
      }
      int keys = Integer.parseInt(matcher.group("keys"));
      if (keys < 1 || keys > MOST_KEYS || spread.put(matcher.group("service"), keys) != null) {
        throw allowed(value);
      }
    }
    return Collections.unmodifiableMap(spread);
  }

  static String text(Map<String, Integer> spread) {
    return spread.entrySet().stream()
        .map(part -> part.getKey() + ":" + part.getValue())
        .collect(Collectors.joining(","));
  }

  private static SettingsException allowed(Value value) {
    return value.mustBe(
        "services, each once, with 1 to %d keys, such as checkout:8,search:2".formatted(MOST_KEYS));
  }
}

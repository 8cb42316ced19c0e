package routes.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the app's own log is written. {@code logback.xml} has an appender for each, called as the
 * variable's value, and takes that from the environment itself, as it is read before any setting.
 */
public enum LogFormat {
  TEXT,
  JSON;

  private static final Pattern NAMES = Pattern.compile("text|json");

  static LogFormat of(Value value) {
    return valueOf(value.matching(NAMES, "text or json").toUpperCase(Locale.ROOT));
  }
}

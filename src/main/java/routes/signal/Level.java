package routes.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How bad something is, whatever the logger calls it; in order. */
public enum Level {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** Those of syslog, OpenTelemetry, Datadog and the loggers of the usual languages. */
  private static final Map<String, Level> WORDS =
      Map.ofEntries(
          Map.entry("trace", TRACE),
          Map.entry("verbose", TRACE),
          Map.entry("silly", TRACE),
          Map.entry("fine", TRACE),
          Map.entry("finer", TRACE),
          Map.entry("finest", TRACE),
          Map.entry("debug", DEBUG),
          Map.entry("dbg", DEBUG),
          Map.entry("config", DEBUG),
          Map.entry("info", INFO),
          Map.entry("information", INFO),
          Map.entry("informational", INFO),
          Map.entry("notice", INFO),
          Map.entry("warn", WARN),
          Map.entry("warning", WARN),
          Map.entry("err", ERROR),
          Map.entry("error", ERROR),
          Map.entry("severe", ERROR),
          Map.entry("fatal", FATAL),
          Map.entry("crit", FATAL),
          Map.entry("critical", FATAL),
          Map.entry("alert", FATAL),
          Map.entry("emerg", FATAL),
          Map.entry("emergency", FATAL),
          Map.entry("panic", FATAL));

  private static final int PER_OTLP_LEVEL = 4;
  private static final int HIGHEST_OF_SYSLOG = 7;
  private static final int PER_PINO_LEVEL = 10;

  /** Longer ones may fit in no int, and would be read as 0, the worst. */
  private static final int MAX_DIGITS = 9;

  /** What a word says, in any case and with the digit that OpenTelemetry may put behind it. */
  public static Optional<Level> of(String word) {
    String name = word.strip().toLowerCase(Locale.ROOT);
    Level level = WORDS.get(name);
    int last = name.length() - 1;
    return level == null && last > 0 && name.charAt(last) >= '1' && name.charAt(last) <= '4'
        ? Optional.ofNullable(WORDS.get(name.substring(0, last)))
        : Optional.ofNullable(level);
  }

  /** What the value of a field says: a word, or a number as those who use that name count. */
  public static Optional<Level> of(String field, JsonNode value) {
    if (value.isTextual() && !isNumber(value.textValue())) {
      return of(value.textValue());
    }
    boolean counts = value.isTextual() || (value.isIntegralNumber() && value.canConvertToInt());
    // A status that is a number is HTTP's.
    return counts && !field.equals("status") ? ofNumber(field, value.asInt()) : Optional.empty();
  }

  /**
   * OpenTelemetry counts from 1 to 24 (its log data model, SeverityNumber), syslog from 7 down to 0
   * (RFC 5424, section 6.2.1), pino and bunyan from 10 to 60.
   */
  private static Optional<Level> ofNumber(String field, int number) {
    String name = field.toLowerCase(Locale.ROOT).replace("_", "");
    if (name.equals("severitynumber")) {
      return at((number - 1) / PER_OTLP_LEVEL, number);
    }
    return number > 0 && number % PER_PINO_LEVEL == 0
        ? at(number / PER_PINO_LEVEL - 1, number)
        : number <= HIGHEST_OF_SYSLOG ? ofSyslog(number) : Optional.empty();
  }

  private static Optional<Level> at(int index, int number) {
    return number < 1 || index >= values().length ? Optional.empty() : Optional.of(values()[index]);
  }

  private static Optional<Level> ofSyslog(int number) {
    return switch (number) {
      case 0, 1, 2 -> Optional.of(FATAL);
      case 3 -> Optional.of(ERROR);
      case 4 -> Optional.of(WARN);
      case 5, 6 -> Optional.of(INFO);
      case 7 -> Optional.of(DEBUG);
      default -> Optional.empty();
    };
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

package routes.record;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.json.JsonScalar;

/** How bad it is, under another name than {@code level}. */
final class LevelField {

  /** A name that is as often that of an HTTP status or of an order's state. */
  private static final String STATUS = "status";

  /** Those of syslog, OpenTelemetry, Datadog and the loggers of the usual languages. */
  private static final Set<String> WORDS =
      Set.of(
          "trace",
          "verbose",
          "fine",
          "finer",
          "finest",
          "debug",
          "config",
          "info",
          "information",
          "informational",
          "notice",
          "warn",
          "warning",
          "err",
          "error",
          "severe",
          "crit",
          "critical",
          "alert",
          "emerg",
          "emergency",
          "fatal",
          "panic");

  private LevelField() {}

  /** The first value that says so, or null; under {@code status} only a word for a level does. */
  static @Nullable JsonScalar of(FieldScan fields) {
    for (FieldIndex.Place place : fields.places(Field.LEVEL)) {
      JsonScalar value = fields.value(place);
      if (value != null && (!place.name().equals(STATUS) || isWord(value))) {
        return value;
      }
    }
    return null;
  }

  private static boolean isWord(JsonScalar value) {
    return value.isText() && WORDS.contains(value.text().strip().toLowerCase(Locale.ROOT));
  }
}

package routes.errors;

import java.util.Optional;
import java.util.regex.Pattern;
import routes.settings.SettingsReader;
import routes.signal.Level;

/**
 * Where log records of a level and above go.
 *
 * @param logGroup of CloudWatch Logs; empty = nowhere
 * @param level the lowest that goes there
 */
public record ErrorsSettings(Optional<String> logGroup, Level level) {

  private static final String OFF = "off";
  private static final Pattern LOG_GROUP = Pattern.compile("[A-Za-z0-9_/.#-]{1,512}");

  /** Reads them. */
  public static ErrorsSettings from(SettingsReader reader) {
    String group =
        reader
            .value("errors.log-group")
            .matching(
                LOG_GROUP,
                "1 to 512 letters, digits, hyphens, underscores, slashes, dots and #, or off");
    return new ErrorsSettings(
        group.equals(OFF) ? Optional.empty() : Optional.of(group),
        reader.value("errors.level").oneOf(Level.class));
  }
}

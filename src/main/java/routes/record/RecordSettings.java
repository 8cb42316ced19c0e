package routes.record;

import java.time.Duration;
import java.util.List;
import routes.settings.SettingsReader;

/**
 * What records must look like.
 *
 * @param names the names that their fields go by
 * @param maxFuture how far a record's timestamp may lie after its arrival
 */
public record RecordSettings(FieldNames names, Duration maxFuture) {

  private static final int MAX_HOURS = 8760;

  /** Reads them. */
  public static RecordSettings from(SettingsReader reader) {
    return new RecordSettings(
        new FieldNames(
            names(reader, "timestamp"),
            names(reader, "service"),
            names(reader, "level"),
            names(reader, "message")),
        reader.value("delivery.max-future-hours").hours(MAX_HOURS));
  }

  private static List<String> names(SettingsReader reader, String canonical) {
    return reader
        .value("fields." + canonical)
        .as(text -> FieldNames.names(canonical, text), names -> String.join(",", names));
  }
}

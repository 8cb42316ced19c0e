package routes.settings;

import java.util.List;
import routes.record.FieldNames;

/** The names that the fields of records go by. */
final class FieldNameSettings {

  private FieldNameSettings() {}

  static FieldNames from(SettingsFile file) {
    return new FieldNames(
        names(file.value("fields.timestamp"), "timestamp"),
        names(file.value("fields.service"), "service"),
        names(file.value("fields.level"), "level"),
        names(file.value("fields.message"), "message"));
  }

  private static List<String> names(Value value, String canonical) {
    try {
      return FieldNames.names(canonical, value.text());
    } catch (IllegalArgumentException e) {
      throw value.refused(String.valueOf(e.getMessage()));
    }
  }
}

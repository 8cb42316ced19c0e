package routes.dashboard.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import routes.json.ByteSlice;
import routes.json.ForeignJson;
import routes.record.FieldNames;
import routes.record.RecordParser;
import routes.signal.time.TimestampParser;

/**
 * Reads the time of a record that was delivered, where it stands under the name that counts first;
 * a fraction of the work of parsing it whole.
 */
@ThreadSafe
public final class TimeReader {

  private final String name;

  public TimeReader(FieldNames names) {
    name = names.timestamp().get(0);
  }

  /** Empty where another name may count. */
  public Optional<Instant> read(ByteSlice line) {
    // Within objects a name with dots may come before.
    if (name.indexOf('.') >= 0) {
      return Optional.empty();
    }
    try (JsonParser json = ForeignJson.parser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(name);
        json.nextToken();
        if (found) {
          return Optional.ofNullable(TimestampParser.parse(ByteSlice.utf8(json.getText())))
              .filter(time -> !time.isBefore(RecordParser.EARLIEST));
        }
        json.skipChildren();
      }
    } catch (IOException notJson) {
      // Then it has no time.
    }
    return Optional.empty();
  }
}

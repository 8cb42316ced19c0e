package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.json.JsonScalar;
import routes.signal.time.TimestampParser;

/**
 * What can be told of a record that is not acceptable.
 *
 * @param service whose it is by its own account, whether or not that can name a partition
 * @param time when it happened by its own account, however odd
 * @param replays how often it came back from the dead letters, as {@link RecordEditor#withReplayed}
 *     notes it; 0 or more
 */
public record RecordMetadata(@Nullable String service, @Nullable Instant time, int replays) {

  /** Nothing can be told. */
  public static final RecordMetadata NOTHING = new RecordMetadata(null, null, 0);

  static RecordMetadata of(FieldScan fields) {
    JsonScalar service = fields.first(Field.SERVICE);
    JsonScalar time = fields.first(Field.TIMESTAMP);
    return new RecordMetadata(
        service != null && service.isText() ? service.text() : null,
        time == null ? null : TimestampParser.parse(time.bytes()),
        replays(fields.first(Field.REPLAYED)));
  }

  /** A sender may have set the field to anything. */
  private static int replays(@Nullable JsonScalar value) {
    return value != null && value.raw().toString().matches("[0-9]{1,6}")
        ? Integer.parseInt(value.raw().toString())
        : 0;
  }
}

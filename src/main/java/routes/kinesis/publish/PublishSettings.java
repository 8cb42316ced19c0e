package routes.kinesis.publish;

import java.util.Map;
import routes.settings.SettingsReader;

/**
 * What goes onto the stream.
 *
 * @param enabled false = the HTTP intake answers 503 and files wait
 * @param keySpread for each busy service over how many partition keys it is spread
 * @param aggregation whether small records are gathered in KPL-aggregated ones
 * @param bufferBytes of records not yet acknowledged
 */
public record PublishSettings(
    boolean enabled, Map<String, Integer> keySpread, boolean aggregation, int bufferBytes) {

  /** One record of the largest size fits. */
  private static final int MIN_BUFFER = 1 << 20;

  private static final int MAX_BUFFER = 1 << 30;

  /** Reads them. */
  public static PublishSettings from(SettingsReader reader) {
    return new PublishSettings(
        reader.value("kinesis.enabled").flag(),
        reader.value("kinesis.partition-key-spread").as(KeySpread::of, KeySpread::text),
        reader.value("kinesis.aggregation").flag(),
        (int) reader.value("kinesis.publish-buffer-bytes").bytes(MIN_BUFFER, MAX_BUFFER));
  }
}

package routes.kinesis.read;

import java.time.Duration;
import routes.settings.SettingsReader;

/**
 * How shards are read; the route of delivery names the first two.
 *
 * @param pollInterval between two reads of a shard that has nothing more to give
 * @param batchSize records per read, 1 to 10,000 (limit of GetRecords)
 * @param inPlace whether records are taken from Kinesis' answers where they lie, and puts are
 *     written and their answers read without the SDK
 */
public record ReadSettings(Duration pollInterval, int batchSize, boolean inPlace) {

  /** A shard iterator expires 300 seconds after it was handed out. */
  private static final int MAX_POLL_SECONDS = 240;

  /** Reads them. */
  public static ReadSettings from(SettingsReader reader) {
    return new ReadSettings(
        reader.value("kinesis.poll-interval").seconds(MAX_POLL_SECONDS),
        reader.value("kinesis.batch-size").integer(1, 10_000),
        reader.value("kinesis.read-in-place").flag());
  }
}

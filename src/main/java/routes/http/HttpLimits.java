package routes.http;

import java.time.Duration;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * What a request to the HTTP intake may cost.
 *
 * @param bodyBytes the longest body, as it comes and decompressed
 * @param bufferBytes of all bodies whose requests are not answered yet, as they come and
 *     decompressed
 * @param requestTime from a request's head to the end of its body
 * @param idleTime how long nothing may move on a connection, in either direction
 */
public record HttpLimits(int bodyBytes, long bufferBytes, Duration requestTime, Duration idleTime) {

  private static final int MB = 1 << 20;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** A request that waits for Kinesis, 20 seconds at most, must not be taken for an idle one. */
  private static final long MIN_IDLE = Duration.ofSeconds(30).toMillis();

  /** Reads them. */
  public static HttpLimits from(SettingsReader reader) {
    long body = reader.value("ingest.max-body-bytes").bytes(MB, 1024L * MB);
    Value buffer = reader.value("ingest.buffer-bytes");
    HttpLimits limits =
        new HttpLimits(
            Math.toIntExact(body),
            buffer.bytes(MB, 1024L * 1024 * MB),
            reader.value("ingest.request-timeout-ms").millis(1000, HOUR),
            reader.value("ingest.idle-timeout-ms").millis(MIN_IDLE, HOUR));
    if (limits.bufferBytes < 3 * body) {
      throw buffer.refused(
          "must be at least three times INGEST_MAX_BODY_BYTES: a body is there as it came, and twice while it is decompressed");
    }
    return limits;
  }
}

package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.signal.Signals;

/**
 * The partition key that decides a record's shard: the service, such as {@code checkout}, or {@code
 * checkout#2} for a busy service spread over several keys. A record and its copies always get the
 * same key, so that they meet in one shard.
 */
@ThreadSafe
public final class PartitionKeys {

  /** Leaves room for {@code #} and a number within {@link KinesisLimits#KEY_CHARACTERS}. */
  private static final int SERVICE_CHARACTERS = 240;

  private static final int DIGEST_CHARACTERS = 32;

  /** Where the route looks for the stream to choose. */
  private static final String SIGNAL_HEADER = "signal";

  private final Map<String, Integer> spread;
  private final Signals signals;

  /**
   * @param spread for each busy service over how many keys it is spread, 1 or more
   */
  public PartitionKeys(Map<String, Integer> spread, Signals signals) {
    this.spread = Map.copyOf(spread);
    this.signals = signals;
  }

  /**
   * Gives each of some records its key, and says in a header of theirs to which stream they go.
   *
   * @param records of one signal, as what comes with one body or one file is
   * @throws SignalOffException when they are of a signal that is switched off
   */
  public KeyedRecords assign(@Body List<LogRecord> records, @Headers Map<String, Object> headers) {
    Signal signal = records.isEmpty() ? Signal.LOGS : records.get(0).signal();
    if (signals.find(signal).isEmpty()) {
      throw new SignalOffException(signal, records.size());
    }
    headers.put(SIGNAL_HEADER, signal.word());
    return new KeyedRecords(signal, records, this::keyOf);
  }

  /** The partition key of one record. */
  public String keyOf(LogRecord record) {
    String service = shortened(record.service());
    int keys = spread.getOrDefault(record.service(), 1);
    if (keys == 1) {
      return service;
    }
    int hash = record.id() != null ? record.id().hashCode() : record.line().hashCode();
    return service + "#" + Math.floorMod(hash, keys);
  }

  private static String shortened(String service) {
    if (service.length() <= SERVICE_CHARACTERS) {
      return service;
    }
    int kept = SERVICE_CHARACTERS - DIGEST_CHARACTERS - 1;
    int end = Character.isHighSurrogate(service.charAt(kept - 1)) ? kept - 1 : kept;
    return service.substring(0, end) + "~" + digest(service);
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_CHARACTERS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}

package routes.kinesis.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.ImmutableIntArray;
import com.google.errorprone.annotations.ThreadSafe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.signal.Signals;

/**
 * Groups records by the stream of their signal and by the partition key that decides their shard:
 * the service, such as {@code checkout}, or {@code checkout#2} for a busy service spread over
 * several keys. A record and its copies always get the same key, so that they meet in one shard.
 */
@ThreadSafe
public final class PartitionKeys {

  /** Leaves room for {@code #} and a number within {@link KinesisLimits#KEY_CHARACTERS}. */
  private static final int SERVICE_CHARACTERS = 240;

  private static final int DIGEST_CHARACTERS = 32;

  /** Where the {@code aws2-kinesis} endpoint looks for the key. */
  private static final String KEY_HEADER = "CamelAwsKinesisPartitionKey";

  /** Where the route looks for the stream to choose. */
  private static final String SIGNAL_HEADER = "signal";

  private record Group(Signal signal, String key) {}

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
   * Groups records; groups in order of first appearance, records in the order given.
   *
   * @throws SignalOffException when one is of a signal that is switched off
   */
  public List<KeyedRecords> group(List<LogRecord> records) {
    Map<Group, ImmutableIntArray.Builder> groups = new LinkedHashMap<>();
    int place = 0;
    for (LogRecord record : records) {
      groups
          .computeIfAbsent(
              new Group(record.signal(), keyOf(record)), group -> ImmutableIntArray.builder(1))
          .add(place++);
    }
    List<KeyedRecords> keyed = new ArrayList<>();
    groups.forEach(
        (group, places) ->
            keyed.add(
                new KeyedRecords(
                    on(group.signal(), records), group.key(), records, places.build())));
    return keyed;
  }

  /** Says in headers where records go; an expression for each would cost a copy of the exchange. */
  public void address(KeyedRecords records, Map<String, Object> headers) {
    headers.put(KEY_HEADER, records.key());
    headers.put(SIGNAL_HEADER, records.signal().word());
  }

  private Signal on(Signal signal, List<LogRecord> records) {
    if (signals.find(signal).isEmpty()) {
      throw new SignalOffException(signal, records.size());
    }
    return signal;
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

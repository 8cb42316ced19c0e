package routes.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.ImmutableIntArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.record.LogRecord;

/**
 * Groups records by the partition key that decides their shard: the service, such as {@code
 * checkout}, or {@code checkout#2} for a busy service spread over several keys. A record and its
 * copies always get the same key, so that they meet in one shard. Thread-safe.
 */
public final class PartitionKeys {

  /** Leaves room for {@code #} and a number within {@link KinesisLimits#KEY_CHARACTERS}. */
  private static final int SERVICE_CHARACTERS = 240;

  private static final int DIGEST_CHARACTERS = 32;

  private final Map<String, Integer> spread;

  /**
   * @param spread for each busy service over how many keys it is spread, 1 or more
   */
  public PartitionKeys(Map<String, Integer> spread) {
    this.spread = Map.copyOf(spread);
  }

  /** Groups records by key; keys in order of first appearance, records in the order given. */
  public List<KeyedRecords> group(List<LogRecord> records) {
    Map<String, ImmutableIntArray.Builder> groups = new LinkedHashMap<>();
    int place = 0;
    for (LogRecord record : records) {
      groups.computeIfAbsent(keyOf(record), key -> ImmutableIntArray.builder(1)).add(place++);
    }
    return groups.entrySet().stream()
        .map(group -> new KeyedRecords(group.getKey(), records, group.getValue().build()))
        .toList();
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

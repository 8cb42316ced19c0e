package routes.partition;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import routes.record.LogRecord;

/**
 * One service's records of one hour, such as {@code
 * service=checkout/year=2026/month=08/day=22/hour=13}. Cheap to make and to compare, so that it
 * serves as the key when records are grouped; {@link #path()} is for once a group.
 *
 * @param service the service's name as its records have it, one that {@link PartitionValue} takes
 * @param epochHour whole hours since 1970-01-01T00:00Z, not negative and before the year 10000
 */
public record Partition(String service, long epochHour) {

  private static final String SERVICE = "service=";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'/year='uuuu'/month='MM'/day='dd'/hour='HH", Locale.ROOT);
  private static final long SECONDS_PER_HOUR = 3600;
  private static final long YEAR_10000 =
      LocalDateTime.of(10_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) / SECONDS_PER_HOUR;

  public Partition {
    if (epochHour < 0 || epochHour >= YEAR_10000) {
      throw new IllegalArgumentException(
          "Hour " + epochHour + " since 1970: must be from 0 to " + (YEAR_10000 - 1));
    }
  }

  public static Partition of(LogRecord record) {
    return new Partition(record.service(), record.epochHour());
  }

  /**
   * The inverse of {@link #path()}.
   *
   * @throws IllegalArgumentException when the path is none that {@link #path()} gives
   */
  public static Partition parse(String path) {
    int slash = path.indexOf('/');
    if (!path.startsWith(SERVICE) || slash < 0) {
      throw new IllegalArgumentException("No partition: \"" + path + "\"");
    }
    LocalDateTime hour;
    try {
      hour = LocalDateTime.parse(path.substring(slash), HOUR);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("No partition: \"" + path + "\"", e);
    }
    Partition partition =
        new Partition(
            PartitionValue.decode(path.substring(SERVICE.length(), slash)),
            hour.toEpochSecond(ZoneOffset.UTC) / SECONDS_PER_HOUR);
    if (!partition.path().equals(path)) {
      throw new IllegalArgumentException("No partition: \"" + path + "\"");
    }
    return partition;
  }

  /** The hour's first instant. */
  public Instant hour() {
    return Instant.ofEpochSecond(epochHour * SECONDS_PER_HOUR);
  }

  /**
   * The path below the bucket in Hive's form, in UTC, without a slash at either end.
   *
   * @throws IllegalArgumentException when the service is no {@link PartitionValue}
   */
  public String path() {
    return SERVICE + PartitionValue.encode(service) + HOUR.format(hour().atOffset(ZoneOffset.UTC));
  }
}

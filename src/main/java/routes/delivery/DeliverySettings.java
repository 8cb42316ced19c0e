package routes.delivery;

import java.time.Duration;
import routes.format.Compression;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * What closes an object and what it looks like.
 *
 * @param flushInterval counted from an object's first record
 * @param flushBytes size of an object before compression, in bytes
 * @param bufferBytes memory of all open objects together, in bytes
 * @param dedupeWindow zero = nothing is dropped as a duplicate
 * @param checkpointInterval between two checkpoints of a shard whose delivery moves on
 * @param acceptsSettingsChange whether unfinished objects may be doubled after a change of settings
 * @param acceptsUnconditionalPuts whether to deliver to a store that ignores If-None-Match
 */
public record DeliverySettings(
    int flushRecords,
    Duration flushInterval,
    long flushBytes,
    long bufferBytes,
    Duration dedupeWindow,
    Duration checkpointInterval,
    boolean acceptsSettingsChange,
    boolean acceptsUnconditionalPuts,
    OutputFormat format,
    Compression compression) {

  private static final long MB = 1L << 20;

  /** What is left of a small heap once the app is up, and holds the objects of some services. */
  private static final long MIN_DEFAULT_BUFFER = 16 * MB;

  private static final int SHARE_OF_HEAP = 8;

  /** Half of what Kinesis retains by default: what is open must still be there to read again. */
  private static final long MAX_FLUSH_MILLIS = Duration.ofHours(12).toMillis();

  /** Reads them. */
  public static DeliverySettings from(SettingsReader reader) {
    long flushBytes = reader.value("flush.max-bytes").bytes(1, 1024 * MB);
    Value buffer = reader.value("delivery.buffer-bytes").orElse(Long.toString(defaultBuffer()));
    long bufferBytes = buffer.bytes(MB, 1024 * 1024 * MB);
    if (bufferBytes < flushBytes) {
      throw buffer.refused("must be at least MAX_BATCH_BYTES, or no object could reach its size");
    }
    OutputFormat format = reader.value("output.format").oneOf(OutputFormat.class);
    Value compression = reader.value("output.compression");
    if (format == OutputFormat.PARQUET
        && compression.oneOf(Compression.class) != Compression.NONE) {
      throw compression.refused("must be none: Parquet is compressed in itself, with zstd");
    }
    return new DeliverySettings(
        reader.value("flush.max-records").integer(1, 10_000_000),
        reader.value("flush.interval-ms").millis(1, MAX_FLUSH_MILLIS),
        flushBytes,
        bufferBytes,
        reader.value("delivery.dedupe-window-ms").millis(0, Duration.ofHours(1).toMillis()),
        reader.value("delivery.checkpoint-interval-ms").millis(100, 600_000),
        reader.value("delivery.accept-settings-change").flag(),
        reader.value("delivery.accept-unconditional-puts").flag(),
        format,
        compression.oneOf(Compression.class));
  }

  private static long defaultBuffer() {
    return Math.max(MIN_DEFAULT_BUFFER, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }
}

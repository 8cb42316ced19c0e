package routes.delivery;

import java.time.Duration;
import routes.format.Compression;
import routes.settings.Cloud;
import routes.settings.SettingsReader;
import routes.settings.Value;
import routes.signal.Layer;

/**
 * What closes a layer's objects and what they look like.
 *
 * @param flushInterval counted from an object's first record
 * @param flushBytes size of an object before compression, in bytes
 * @param bufferBytes memory of all open objects together, in bytes
 */
public record LayerSettings(
    Layer layer,
    int flushRecords,
    Duration flushInterval,
    long flushBytes,
    long bufferBytes,
    OutputFormat format,
    Compression compression) {

  private static final long MB = 1L << 20;

  /** What is left of a small heap once the app is up, and holds the objects of some services. */
  private static final long MIN_DEFAULT_BUFFER = 16 * MB;

  private static final int SHARE_OF_HEAP = 8;

  /** Whoever tries the app waits for an object; on AWS each put and each small object costs. */
  private static final Duration EMBEDDED_FLUSH = Duration.ofSeconds(10);

  private static final Duration FLUSH = Duration.ofMinutes(1);

  /** What a file should have for readers that open each; little of it is left once compressed. */
  private static final long READERS_SIZE = 128 * MB;

  private static final int MAX_RECORDS = 10_000_000;
  private static final long MAX_FLUSH_BYTES = 1024 * MB;

  /** S3 takes 5 GB in one put, and the last read may exceed what closes an object. */
  private static final long MAX_SPOOLED_FLUSH_BYTES = 4096 * MB;

  /** Half of what Kinesis retains by default: what is open must still be there to read again. */
  private static final long MAX_FLUSH_MILLIS = Duration.ofHours(12).toMillis();

  static LayerSettings raw(SettingsReader reader, Cloud cloud, boolean spools) {
    Duration interval = cloud == Cloud.EMBEDDED ? EMBEDDED_FLUSH : FLUSH;
    Value bytes = reader.value("flush.max-bytes");
    long bufferBytes = buffer(reader.value("delivery.buffer-bytes"));
    OutputFormat format = reader.value("output.format").oneOf(OutputFormat.class);
    Value compression = reader.value("output.compression");
    if (format == OutputFormat.PARQUET
        && compression.oneOf(Compression.class) != Compression.NONE) {
      throw compression.refused("must be none: Parquet is compressed in itself, with zstd");
    }
    return new LayerSettings(
        Layer.RAW,
        reader.value("flush.max-records").integer(1, MAX_RECORDS),
        reader
            .value("flush.interval-ms")
            .orElse(Long.toString(interval.toMillis()))
            .millis(1, MAX_FLUSH_MILLIS),
        flush(bytes, reader.value("delivery.buffer-bytes"), bufferBytes, spools),
        bufferBytes,
        format,
        compression.oneOf(Compression.class));
  }

  static LayerSettings batch(SettingsReader reader, boolean spools) {
    long bufferBytes = buffer(reader.value("batch.buffer-bytes"));
    // The rest of the memory is for what comes while one is written.
    long flushBytes = spools ? READERS_SIZE : Math.min(READERS_SIZE, bufferBytes / 2);
    Value bytes = reader.value("batch.flush-bytes").orElse(Long.toString(flushBytes));
    return new LayerSettings(
        Layer.BATCH,
        reader.value("batch.flush-records").integer(1, MAX_RECORDS),
        reader.value("batch.flush-interval-ms").millis(1, MAX_FLUSH_MILLIS),
        flush(bytes, reader.value("batch.buffer-bytes"), bufferBytes, spools),
        bufferBytes,
        OutputFormat.PARQUET,
        Compression.NONE);
  }

  private static long buffer(Value buffer) {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return buffer
        .orElse(Long.toString(Math.max(MIN_DEFAULT_BUFFER, share)))
        .bytes(MB, 1024 * 1024 * MB);
  }

  private static long flush(Value flush, Value buffer, long bufferBytes, boolean spools) {
    long flushBytes = flush.bytes(1, spools ? MAX_SPOOLED_FLUSH_BYTES : MAX_FLUSH_BYTES);
    if (bufferBytes < flushBytes && !spools) {
      throw buffer
          .orElse(Long.toString(bufferBytes))
          .refused(
              "must be at least %s, or no object could reach its size; or set SPOOL_DIR"
                  .formatted(flush.variable()));
    }
    return flushBytes;
  }
}

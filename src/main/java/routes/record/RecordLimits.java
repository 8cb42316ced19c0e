package routes.record;

import java.time.Duration;

/**
 * What a record may measure.
 *
 * @param maxBytes the longest record, completed and without its line break, in bytes; at least 2
 * @param maxDepth how deep objects and arrays may nest, the record itself counted; at least 1
 * @param maxFuture how far after its arrival a record's time may lie; not negative
 */
public record RecordLimits(int maxBytes, int maxDepth, Duration maxFuture) {

  /** 1 MiB, what Kinesis takes unless told otherwise; 100 levels; one day. */
  public static final RecordLimits DEFAULT = new RecordLimits(1 << 20, 100, Duration.ofHours(24));

  public RecordLimits {
    if (maxBytes < 2) {
      throw new IllegalArgumentException("A record of at most " + maxBytes + " bytes: at least 2");
    }
    if (maxDepth < 1) {
      throw new IllegalArgumentException("Nesting of at most " + maxDepth + " levels: at least 1");
    }
    if (maxFuture.isNegative()) {
      throw new IllegalArgumentException(
          "Records of " + maxFuture + " ahead: must not be negative");
    }
  }
}

package routes.local.kinesis;

/**
 * The rates AWS allows a shard: 1 MiB/s and 1,000 records/s in, 5 reads/s. Safe for use by many
 * threads.
 */
final class Throttle {

  private static final int BYTES_PER_SECOND = 1 << 20;
  private static final int RECORDS_PER_SECOND = 1000;
  private static final int READS_PER_SECOND = 5;

  private final boolean enabled;
  private final TokenBucket bytes = new TokenBucket(BYTES_PER_SECOND);
  private final TokenBucket records = new TokenBucket(RECORDS_PER_SECOND);
  private final TokenBucket reads = new TokenBucket(READS_PER_SECOND);

  Throttle(boolean enabled) {
    this.enabled = enabled;
  }

  boolean allowsRecord(int size, long nowMillis) {
    return !enabled || takeRecord(size, nowMillis);
  }

  private synchronized boolean takeRecord(int size, long nowMillis) {
    if (!bytes.holds(Math.min(size, BYTES_PER_SECOND), nowMillis) || !records.holds(1, nowMillis)) {
      return false;
    }
    bytes.take(size);
    records.take(1);
    return true;
  }

  boolean allowsRead(long nowMillis) {
    return !enabled || takeRead(nowMillis);
  }

  private synchronized boolean takeRead(long nowMillis) {
    if (!reads.holds(1, nowMillis)) {
      return false;
    }
    reads.take(1);
    return true;
  }

  /** Allows so much a second, and as much at once. Not synchronised. */
  private static final class TokenBucket {

    private final double perSecond;
    private double tokens;
    private long refilled;

    TokenBucket(double perSecond) {
      this.perSecond = perSecond;
      this.tokens = perSecond;
    }

    boolean holds(double amount, long nowMillis) {
      if (nowMillis > refilled) {
        tokens = Math.min(perSecond, tokens + perSecond * (nowMillis - refilled) / 1000.0);
        refilled = nowMillis;
      }
      return tokens >= amount;
    }

    void take(double amount) {
      tokens -= amount;
    }
  }
}

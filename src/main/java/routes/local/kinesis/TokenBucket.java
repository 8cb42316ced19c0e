package routes.local.kinesis;

/** Allows so much a second, and as much at once. Not synchronised. */
final class TokenBucket {

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

package routes.kinesis.read;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.ledger.ShardLedger;

/** How long the oldest record of a shard has been waiting to be delivered. */
@ThreadSafe
final class ShardLag {

  private final Clock clock;
  private volatile @Nullable ShardLedger ledger;
  private volatile Instant readAsOf;

  ShardLag(Clock clock) {
    this.clock = clock;
    this.readAsOf = clock.instant();
  }

  void of(ShardLedger accounts) {
    ledger = accounts;
  }

  /**
   * Everything has been read that had arrived by then.
   *
   * @param behindMillis how much earlier that is than now
   */
  void readTo(long behindMillis) {
    readAsOf = clock.instant().minusMillis(behindMillis);
  }

  Duration now() {
    Instant now = clock.instant();
    ShardLedger accounts = ledger;
    Instant waiting = accounts == null ? null : accounts.oldestArrival();
    Instant oldest = waiting != null && waiting.isBefore(readAsOf) ? waiting : readAsOf;
    Duration age = Duration.between(oldest, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}

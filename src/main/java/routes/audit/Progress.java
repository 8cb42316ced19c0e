package routes.audit;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import routes.ledger.ShardId;

/** Says every ten seconds how far a run is. For one thread. */
final class Progress {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** Looking at the clock for each would cost more than counting it. */
  private static final int STRIDE = 1_000;

  private final PrintStream out;
  private final InstantSource clock;
  private long elements;
  private Instant next;

  /**
   * @param clock one that nobody sets
   */
  Progress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.next = clock.instant().plus(INTERVAL);
  }

  /** An element of a shard has been read. */
  void read(ShardId shard, Instant arrival) {
    elements++;
    if (elements % STRIDE == 0 && !clock.instant().isBefore(next)) {
      next = clock.instant().plus(INTERVAL);
      out.printf(
          Locale.ROOT,
          "%,15d read so far, of %s now what arrived at %s%n",
          elements,
          shard.shard(),
          arrival);
    }
  }
}

package routes.retry;

import java.util.concurrent.ThreadLocalRandom;

/** Waits longer after each failure in a row: from 200 ms to 10 s, half of it by chance. */
final class Backoff {

  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 10_000;

  private int failures;

  void reset() {
    failures = 0;
  }

  void pause() throws InterruptedException {
    long cap = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures++, 10));
    Thread.sleep(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
  }
}

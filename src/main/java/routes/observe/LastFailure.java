package routes.observe;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import routes.retry.SteadyClock;

/** Remembers why a step of a route failed last, of those that are tried again. */
@ThreadSafe
public final class LastFailure implements Processor {

  /** One failure of a step. */
  record Failure(Instant at, String reason) {}

  private volatile @Nullable Failure last;

  @Override
  public void process(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (failure != null) {
      last = new Failure(SteadyClock.OF_PROCESS.instant(), rootOf(failure).toString());
    }
  }

  /** The last failure since then, in a sentence. */
  String since(Instant time) {
    Failure failure = last;
    return failure == null || failure.at().isBefore(time) ? "no answer yet" : failure.reason();
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}

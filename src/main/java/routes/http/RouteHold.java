package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets requests wait while routes are replaced, which are missing for a moment, so that each meets
 * the old ones or the new ones.
 */
@ThreadSafe
public final class RouteHold {

  /** A request that waits for longer is to be sent again. */
  private static final Duration HOLD_TIMEOUT = Duration.ofSeconds(10);

  /** For requests that are in the routes, longer than any waits for the stream. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

  private static final String SEEN = RouteHold.class.getName();

  private final Duration holdTimeout;

  @GuardedBy("this")
  private final List<Waiting> waiting = new ArrayList<>();

  /** What is to be done with requests that begin anew, by what is theirs alone. */
  private final Map<HttpServerResponse, Consumer<RoutingContext>> again = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private boolean held;

  @GuardedBy("this")
  private int changes;

  @GuardedBy("this")
  private int active;

  public RouteHold() {
    this(HOLD_TIMEOUT);
  }

  RouteHold(Duration holdTimeout) {
    this.holdTimeout = holdTimeout;
  }

  /** What is done while no request goes on to the routes. */
  @FunctionalInterface
  public interface Change {
    void run() throws Exception;
  }

  /** Does something while requests wait, after those that are in the routes have left them. */
  public void during(Change change) throws Exception {
    hold();
    try {
      change.run();
    } finally {
      release();
    }
  }

  /**
   * Sees a request for the first time, before it passes; and once more if it begins anew, when it
   * goes on to its route and true is answered.
   */
  boolean see(RoutingContext request) {
    request.put(SEEN, changes());
    Consumer<RoutingContext> prepare = again.remove(request.response());
    if (prepare != null) {
      pass(request, prepare);
    }
    return prepare != null;
  }

  /**
   * Lets a request go on to its route, now or once the routes are there again; it fails with 503
   * when that takes long. Called by the thread of its connection.
   *
   * @param prepare is called before it goes on, with the same request
   */
  void pass(RoutingContext request, Consumer<RoutingContext> prepare) {
    Waiting wait = new Waiting(request, prepare);
    if (!enqueue(wait)) {
      goOn(request, prepare);
    }
  }

  /** A request knows the routes there were when it came, and must begin anew to see others. */
  private void goOn(RoutingContext request, Consumer<RoutingContext> prepare) {
    if (enter(request.get(SEEN))) {
      request.addEndHandler(end -> leave());
      prepare.accept(request);
      request.next();
    } else {
      again.put(request.response(), prepare);
      ((RoutingContextInternal) request).currentRouter().handle(request.request());
    }
  }

  private synchronized int changes() {
    return changes;
  }

  private synchronized boolean enter(int seen) {
    boolean upToDate = seen == changes;
    if (upToDate) {
      active++;
    }
    return upToDate;
  }

  private synchronized void leave() {
    active--;
    notifyAll();
  }

  private synchronized boolean enqueue(Waiting wait) {
    if (held) {
      waiting.add(wait);
      wait.begin();
    }
    return held;
  }

  private synchronized boolean remove(Waiting wait) {
    return waiting.remove(wait);
  }

  private synchronized void hold() throws InterruptedException {
    held = true;
    long end = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
    for (long left = end - System.nanoTime(); active > 0 && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  private void release() {
    List<Waiting> free;
    synchronized (this) {
      held = false;
      changes++;
      free = List.copyOf(waiting);
      waiting.clear();
    }
    free.forEach(Waiting::end);
  }

  /** A request that waits. */
  private final class Waiting {

    private final RoutingContext request;
    private final Consumer<RoutingContext> prepare;
    private final Context thread;
    private long timer;

    Waiting(RoutingContext request, Consumer<RoutingContext> prepare) {
      this.request = request;
      this.prepare = prepare;
      this.thread = request.vertx().getOrCreateContext();
    }

    void begin() {
      timer = request.vertx().setTimer(holdTimeout.toMillis(), late -> giveUp());
    }

    void end() {
      request.vertx().cancelTimer(timer);
      thread.runOnContext(now -> pass(request, prepare));
    }

    private void giveUp() {
      if (remove(this)) {
        request.fail(HttpProblem.unavailable("The routes are being changed; send it again"));
      }
    }
  }
}

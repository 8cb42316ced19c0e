package routes.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A server that starts on a thread of its own, while others do. */
final class Starting<T> {

  /** How a server is stopped. */
  interface Stop<T> {
    void stop(T server) throws Exception;
  }

  private final FutureTask<T> server;

  Starting(Callable<T> start) {
    server = new FutureTask<>(start);
    new Thread(server, "local-cloud-start").start();
  }

  /**
   * The server, once it runs.
   *
   * @throws Exception what kept it from starting
   */
  T await() throws Exception {
    try {
      return server.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failure;
    }
  }

  /** Stops the server, once it runs; one that could not start needs nothing. */
  void stop(Stop<T> how) throws Exception {
    T running;
    try {
      running = server.get();
    } catch (ExecutionException neverStarted) {
      return;
    }
    how.stop(running);
  }
}

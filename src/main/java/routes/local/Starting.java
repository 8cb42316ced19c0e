package routes.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A server that starts on a thread of its own, while others do. */
final class Starting<T extends AutoCloseable> implements AutoCloseable {

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

  /** Closes the server, once it runs. */
  @Override
  public void close() throws Exception {
    try {
      server.get().close();
    } catch (ExecutionException neverStarted) {
      // There is nothing to close; await() tells why.
    }
  }
}

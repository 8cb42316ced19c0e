package routes.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Senders at work, each on a thread of its own and at a pace of its own. */
final class Load implements AutoCloseable {

  /** Sends something; when it returns, what had to be acknowledged is. */
  interface Sender {
    void send() throws Exception;

    /** Completes what was sent by halves. */
    default void finish() throws Exception {}
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore enough = new Semaphore(0);
  private final List<Future<?>> senders = new ArrayList<>();

  void start(Sender sender, long pauseMillis) {
    senders.add(
        threads.submit(
            () -> {
              while (!enough.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS)) {
                sender.send();
              }
              sender.finish();
              return null;
            }));
  }

  /** Lets every sender finish what it has begun; what one of them threw is thrown. */
  void finish() throws InterruptedException, ExecutionException {
    enough.release(senders.size());
    for (Future<?> sender : senders) {
      sender.get();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

package routes.http.api;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that answer, few, so that people looking at the dashboard take little from the
 * pipeline. More requests than they and their queue hold are refused with a {@link
 * java.util.concurrent.RejectedExecutionException}.
 */
public final class Workers implements AutoCloseable {

  private static final int ANSWERS = 8;
  private static final int WAITING = 64;
  private static final int STREAMS = 24;

  private final ExecutorService answers =
      pool("dashboard", ANSWERS, new ArrayBlockingQueue<>(WAITING));
  private final ExecutorService streams =
      pool("dashboard-stream", STREAMS, new SynchronousQueue<>());

  /** Runs what is done within seconds. */
  void answer(Runnable work) {
    answers.execute(work);
  }

  /** Runs what lasts as long as its client listens. */
  void stream(Runnable work) {
    streams.execute(work);
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    answers.shutdownNow();
    streams.shutdownNow();
  }

  private static ExecutorService pool(String name, int size, BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            30,
            TimeUnit.SECONDS,
            queue,
            new ThreadFactoryBuilder().setNameFormat(name + "-%d").setDaemon(true).build());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}

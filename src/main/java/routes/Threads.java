package routes;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Pools of named threads that do not keep the process alive. */
final class Threads {

  private Threads() {}

  static ExecutorService pool(String name, int size) {
    return Executors.newFixedThreadPool(
        size, new ThreadFactoryBuilder().setNameFormat(name + "-%d").setDaemon(true).build());
  }
}

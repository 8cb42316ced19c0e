package routes.reload;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.log.RepeatedWarnings;

/**
 * Lets saved edits of the route files take effect, each file for itself: one that cannot run is
 * reported once, and its routes go on as they were.
 */
final class RouteEdits implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RouteEdits.class);
  private static final long LOOK_MILLIS = 250;
  private static final long STOP_SECONDS = 10;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("route-edits").setDaemon(true).build());
  private final Path dir;
  private final RouteFolder folder;
  private final LiveRoutes routes;
  private final Map<String, String> running;
  private boolean readable = true;

  /**
   * @param folder what is loaded
   */
  RouteEdits(Path dir, RouteFolder folder, LiveRoutes routes) {
    this.dir = dir;
    this.folder = folder;
    this.routes = routes;
    running = new TreeMap<>(folder.known());
  }

  /** Looks for edits from now on. */
  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      folder.edits().forEach(this::load);
      tellOf(folder.passedOver(), dir);
      readable = true;
    } catch (IOException | RuntimeException failure) {
      if (readable) {
        LOG.warn("{} cannot be read, so edits are not seen: {}", dir, failure.toString());
      }
      readable = false;
    }
  }

  /** Names what lies in the folder and is not read. */
  static void tellOf(Map<String, String> passedOver, Path dir) {
    if (!passedOver.isEmpty()) {
      LOG.warn("In {} not read: {}", dir, passedOver);
    }
  }

  private void load(String file, String text) {
    try {
      routes.replace(file, text, running);
      running.put(file, text);
      LOG.info("Reloaded {}", file);
    } catch (Exception failure) {
      LOG.warn(
          RepeatedWarnings.EACH,
          "{}{}. {}",
          dir.resolve(file),
          RouteProblem.of(failure),
          running.containsKey(file)
              ? "What ran before goes on running"
              : "Nothing of this file runs");
    }
  }

  /** Finishes the edit at hand. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}

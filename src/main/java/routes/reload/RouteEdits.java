package routes.reload;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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
  private final RouteFiles files;
  private boolean readable = true;

  /**
   * @param folder what is loaded
   * @param files is told what becomes of the edits
   */
  RouteEdits(Path dir, RouteFolder folder, LiveRoutes routes, RouteFiles files) {
    this.dir = dir;
    this.folder = folder;
    this.routes = routes;
    this.files = files;
  }

  /** Looks for edits from now on. */
  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      boolean loaded = false;
      for (var edit : folder.edits().entrySet()) {
        loaded |= load(edit.getKey(), edit.getValue());
      }
      if (loaded) {
        // What it lacked may have come with another file.
        files.faults().forEach(fault -> load(fault.file(), fault.saved()));
      }
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

  /** Whether it runs now. */
  private boolean load(String file, String text) {
    try {
      routes.replace(file, text, files.running());
      files.runs(file, text);
      LOG.info("Reloaded {}", file);
      return true;
    } catch (Exception failure) {
      RouteProblem problem = RouteProblem.of(failure);
      if (files.refused(file, text, problem)) {
        LOG.warn(
            RepeatedWarnings.EACH,
            "{}{}. {}",
            dir.resolve(file),
            problem,
            files.running().containsKey(file)
                ? "What ran before goes on running"
                : "Nothing of this file runs");
      }
      return false;
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

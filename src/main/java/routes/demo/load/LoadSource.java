package routes.demo.load;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import routes.demo.scenario.Scenarios;
import routes.demo.send.Batch;
import routes.demo.send.Outbox;
import routes.demo.simulation.Options;
import routes.demo.simulation.Simulation;
import routes.demo.town.Town;

/** Makes batches of what a town says, ahead of when they are due, on a thread of its own. */
final class LoadSource implements AutoCloseable {

  private static final int AHEAD = 200;

  /** At night less is said in a second, so that more seconds are lived through in one. */
  private static final int FASTER = 4;

  private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(AHEAD);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          new ThreadFactoryBuilder().setNameFormat("load-source").setDaemon(true).build());
  private final LoadOptions options;
  private final Simulation simulation;
  private final Outbox outbox;

  LoadSource(LoadOptions options, Instant now) {
    this.options = options;
    Town town = Town.load();
    simulation =
        new Simulation(
            town,
            new Scenarios(town, Path.of("")),
            new Options(
                options.seed(),
                now.minus(options.duration().multipliedBy(FASTER)),
                options.rate(),
                0));
    outbox = new Outbox(options.batch());
    thread.execute(this::run);
  }

  /** The next. */
  Batch take() throws InterruptedException {
    return ready.take();
  }

  private void run() {
    Deque<Batch> made = new ArrayDeque<>();
    try {
      while (true) {
        while (made.isEmpty()) {
          simulation.tick(outbox);
          made.addAll(outbox.takeFull());
          made.removeIf(batch -> !options.signals().contains(batch.signal()));
        }
        ready.put(made.remove());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

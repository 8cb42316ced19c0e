package routes.demo.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.demo.scenario.Anomaly;
import routes.demo.scenario.Scenario;
import routes.demo.send.Batch;
import routes.demo.send.Outbox;
import routes.demo.send.Sender;
import routes.demo.simulation.Simulation;

/** A simulation on a thread of its own, which keeps pace and hands over what is to be sent. */
final class Run implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final long IDLE_MILLIS = 50;
  private static final long STOP_MILLIS = 2_000;

  private final Simulation simulation;
  private final Pace pace;
  private final double interval;
  private final Sender sender;
  private final InstantSource clock;
  private final Outbox outbox = new Outbox();
  private final Watch watch = new Watch(outbox);
  private final Thread thread = new Thread(this::live, "demo-town");

  @GuardedBy("this")
  private Instant flushed;

  private volatile boolean stopping;
  private volatile boolean over;

  Run(Simulation simulation, Pace pace, double interval, Sender sender, InstantSource clock) {
    this.simulation = simulation;
    this.pace = pace;
    this.interval = interval;
    this.sender = sender;
    this.clock = clock;
    flushed = simulation.now();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void live() {
    try {
      while (!stopping && !pace.isOver(now())) {
        if (now().isBefore(pace.due(clock.instant()))) {
          hand(tick());
        } else {
          TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
        }
      }
      hand(rest());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failure) {
      LOG.error("The demo stopped, which it should not", failure);
    } finally {
      over = true;
    }
  }

  /** Without waiting for anybody, as those who look wait for it. */
  private synchronized List<Batch> tick() {
    simulation.tick(watch);
    if (simulation.now().isBefore(flushed.plusMillis((long) (1000 * interval)))) {
      return outbox.takeFull();
    }
    flushed = simulation.now();
    // Behind the present, full requests are enough.
    boolean live = clock.instant().minusSeconds(10).isBefore(flushed);
    return live || interval > 1 ? outbox.takeAll() : outbox.takeFull();
  }

  private synchronized List<Batch> rest() {
    simulation.finish(watch);
    return outbox.takeAll();
  }

  private void hand(List<Batch> batches) throws InterruptedException {
    for (Batch batch : batches) {
      sender.put(batch);
    }
  }

  synchronized Instant now() {
    return simulation.now();
  }

  /** Begins an anomaly in the present, even while the past is still being written. */
  synchronized Anomaly trigger(Scenario scenario, long seconds) {
    Instant due = pace.due(clock.instant());
    Instant from = pace.isOver(due) ? simulation.now() : due;
    return simulation.start(scenario, from, seconds, watch);
  }

  synchronized int stop(String scenario) {
    return simulation.stop(scenario);
  }

  synchronized List<Anomaly> anomalies() {
    return simulation.running();
  }

  synchronized Watch.Said said() {
    return watch.said();
  }

  synchronized Map<String, Watch.Fare> services() {
    return watch.services();
  }

  boolean isOver() {
    return over;
  }

  Pace pace() {
    return pace;
  }

  /** Ends it. What is said already is handed over, unless the intake takes nothing. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}

package routes.demo.control;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import routes.demo.control.Status.AnomalyView;
import routes.demo.scenario.Anomaly;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.send.Intake;
import routes.demo.send.Sender;
import routes.demo.send.SignalProgress;
import routes.demo.simulation.Options;
import routes.demo.simulation.Simulation;
import routes.demo.town.Town;
import routes.http.HttpProblem;

/**
 * The town, what may happen in it, and the run that there is, if any. Safe for use by many threads.
 */
public final class Demo implements AutoCloseable {

  private static final long SAMPLE_SECONDS = 2;

  private final InstantSource clock = InstantSource.system();
  private final Town town = Town.load();
  private final RateHistory history = new RateHistory();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("demo-rates").setDaemon(true).build());
  private final Scenarios scenarios;
  private final Defaults defaults;
  private final Sender sender;
  private final URI intake;
  private final boolean writable;

  @GuardedBy("this")
  private @Nullable Run run;

  private Status.@Nullable Settings settings;

  /**
   * @param folder of the user's scenarios; it need not exist
   * @param writable whether anybody may start and stop something, for the page
   */
  public Demo(Path folder, Defaults defaults, Intake intake, boolean writable) {
    scenarios = new Scenarios(town, folder);
    this.defaults = defaults;
    this.intake = intake.url();
    this.writable = writable;
    sender = new Sender(intake);
    sampler.scheduleAtFixedRate(this::sample, 0, SAMPLE_SECONDS, TimeUnit.SECONDS);
  }

  Town town() {
    return town;
  }

  Scenarios scenarios() {
    return scenarios;
  }

  /** Fills the last hour as fast as the intake takes it, and then goes on in real time. */
  public synchronized void fill() {
    if (run == null || run.isOver()) {
      Instant from = clock.instant().minus(Duration.ofHours(1));
      start(new StartRequest(null, null, null, from.toString(), null, 0.0, null, null));
    }
  }

  synchronized void start(StartRequest request) {
    if (run != null && !run.isOver()) {
      throw new HttpProblem(409, "The demo runs already; stop it first");
    }
    Instant now = clock.instant();
    Options options = request.options(now, defaults);
    Pace pace = request.pace(now);
    run =
        new Run(new Simulation(town, scenarios, options), pace, request.interval(), sender, clock);
    settings =
        new Status.Settings(
            options.logsPerSecond(),
            request.interval(),
            pace.from(),
            pace.to().orElse(null),
            pace.speed(),
            options.seed(),
            options.anomaliesPerHour());
    run.start();
  }

  /** Whether there was anything to stop. */
  synchronized boolean stop() {
    boolean running = run != null && !run.isOver();
    if (run != null) {
      run.close();
    }
    return running;
  }

  /**
   * Begins an anomaly.
   *
   * @param seconds how long it lasts, in simulated time
   */
  synchronized AnomalyView trigger(Scenario scenario, long seconds) {
    try {
      return AnomalyView.of(running().trigger(scenario, seconds));
    } catch (IllegalStateException tooMany) {
      throw new HttpProblem(409, String.valueOf(tooMany.getMessage()));
    }
  }

  /** Ends the anomalies of a scenario; how many there were. */
  synchronized int stop(Scenario scenario) {
    return running().stop(scenario.id());
  }

  @GuardedBy("this")
  private Run running() {
    if (run == null || run.isOver()) {
      throw new HttpProblem(
          409, "The demo does not run; start it first (POST /api/continuous/start)");
    }
    return run;
  }

  synchronized Status status() {
    Run there = run;
    if (there == null) {
      return new Status(
          "idle",
          intake,
          writable,
          null,
          null,
          0,
          new Watch.Said(0, 0, 0),
          sender.waiting(),
          sender.views(),
          history.rates(),
          Map.of(),
          List.of(),
          scenarios.problems());
    }
    Instant now = there.now();
    List<Anomaly> anomalies = there.isOver() ? List.of() : there.anomalies();
    double behind = Duration.between(now, clock.instant()).toMillis() / 1000.0;
    return new Status(
        there.isOver() ? "finished" : "running",
        intake,
        writable,
        settings,
        now,
        Math.max(0, behind),
        there.said(),
        sender.waiting(),
        sender.views(),
        history.rates(),
        there.services(),
        anomalies.stream().map(AnomalyView::of).toList(),
        scenarios.problems());
  }

  private void sample() {
    List<SignalProgress.View> views = sender.views();
    history.add(
        clock.instant(), views.get(0).accepted(), views.get(1).accepted(), views.get(2).accepted());
  }

  @Override
  public synchronized void close() {
    sampler.shutdownNow();
    if (run != null) {
      run.close();
    }
    sender.close();
  }
}

package routes.dashboard.overview;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.dashboard.alerts.Alerts;
import routes.dashboard.alerts.Webhook;
import routes.dashboard.stats.ChartFile;
import routes.dashboard.stats.History;
import routes.dashboard.stats.Meters;
import routes.dashboard.stats.Reading;

/**
 * Reads the meters every ten seconds, keeps what they say, looks for alerts, and tells whoever
 * listens: {@code summary} every two seconds, {@code sample} with each new value of the charts,
 * {@code objects} when something was delivered.
 */
@ThreadSafe
public final class StatsPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatsPublisher.class);
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration KEEP = Duration.ofMinutes(1);

  /** What rates of the summary are counted over, at least. */
  private static final Duration SMOOTHING = Duration.ofSeconds(10);

  private final App app;
  private final Meters meters;
  private final Optional<Webhook> webhook;
  private final RecentObjects objects;
  private final Optional<ChartFile> file;
  private final InstantSource clock;
  private final History history = new History();
  private final Alerts alerts = new Alerts();
  private final EventStream events = new EventStream(this::greeting);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("dashboard-stats").setDaemon(true).build());
  private long objectsTold;

  /**
   * Publishes nothing before it is started.
   *
   * @param file where the charts are kept for the next start; empty = nowhere
   */
  public StatsPublisher(
      App app,
      Meters meters,
      Optional<Webhook> webhook,
      RecentObjects objects,
      Optional<ChartFile> file,
      InstantSource clock) {
    this.app = app;
    this.meters = meters;
    this.webhook = webhook;
    this.objects = objects;
    this.file = file;
    this.clock = clock;
  }

  /** Takes the first reading and goes on by itself. */
  public void start() {
    file.flatMap(ChartFile::read).ifPresent(history::restore);
    sample();
    every(History.STEP, this::sample);
    every(BEAT, this::tell);
    every(HEARTBEAT, events::heartbeat);
    every(KEEP, this::keep);
  }

  public Summary summary() {
    Reading now = Reading.of(meters, clock.instant());
    Reading earlier = history.ago(SMOOTHING, now.at());
    return Summary.of(app, meters, earlier == null ? now : earlier, now, alerts.active());
  }

  public History history() {
    return history;
  }

  public EventStream events() {
    return events;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    events.close();
    keep();
  }

  private void sample() {
    Instant before = clock.instant().minus(History.STEP.dividedBy(2));
    Reading reading = Reading.of(meters, clock.instant());
    history.add(reading);
    for (Alerts.Change change : alerts.evaluate(history, reading)) {
      webhook.ifPresent(hook -> hook.tell(change));
    }
    events.send("sample", history.after(before));
  }

  private void keep() {
    file.ifPresent(charts -> charts.write(history.after(Instant.EPOCH)));
  }

  private void tell() {
    if (!events.hasClients()) {
      return;
    }
    events.send("summary", summary());
    if (objects.count() != objectsTold) {
      objectsTold = objects.count();
      events.send("objects", objects.latest());
    }
  }

  private Map<String, Object> greeting() {
    Map<String, Object> greeting = new LinkedHashMap<>();
    greeting.put("summary", summary());
    greeting.put("objects", objects.latest());
    return greeting;
  }

  private void every(Duration period, Runnable work) {
    timer.scheduleAtFixedRate(
        () -> {
          try {
            work.run();
          } catch (RuntimeException failure) {
            // The timer would never run it again.
            LOG.error("The dashboard's numbers could not be read", failure);
          }
        },
        period.toMillis(),
        period.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}

package routes.demo.control;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.demo.control.RateHistory.Rates;
import routes.demo.scenario.Anomaly;
import routes.demo.scenario.Scenario;
import routes.demo.send.SignalProgress;

/**
 * How the demo stands, as {@code GET /api/status} tells it.
 *
 * @param state {@code idle}, {@code running} or {@code finished}
 * @param intake where it sends to
 * @param writable whether anybody may start and stop something here
 * @param now the second it has come to, in its own time; null before the first start
 * @param behindSeconds how far that is behind the present
 * @param said what was simulated since the start
 * @param problems files of scenarios that could not be read
 */
record Status(
    String state,
    URI intake,
    boolean writable,
    @Nullable Settings settings,
    @Nullable Instant now,
    double behindSeconds,
    Watch.Said said,
    int waitingRequests,
    List<SignalProgress.View> signals,
    Rates rates,
    Map<String, Watch.Fare> services,
    List<AnomalyView> anomalies,
    List<String> problems) {

  /** What it was started with. */
  record Settings(
      double logsPerSecond,
      double intervalSeconds,
      Instant from,
      @Nullable Instant to,
      double speed,
      long seed,
      double anomaliesPerHour) {}

  /** An anomaly that runs; times are the simulation's. */
  record AnomalyView(
      String id,
      String scenario,
      String title,
      String place,
      String description,
      double intensity,
      Instant start,
      Instant end,
      List<String> affected) {

    static AnomalyView of(Anomaly anomaly) {
      Scenario scenario = anomaly.scenario();
      return new AnomalyView(
          anomaly.id(),
          scenario.id(),
          scenario.title(),
          scenario.place().name(),
          scenario.description(),
          scenario.intensity(),
          Instant.ofEpochSecond(0, anomaly.startNanos()),
          Instant.ofEpochSecond(0, anomaly.endNanos()),
          anomaly.affectedServices());
    }
  }
}

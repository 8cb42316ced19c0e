package routes.demo.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.demo.logs.Level;
import routes.demo.scenario.Scenario;
import routes.demo.town.CallGraph;
import routes.http.HttpProblem;
import routes.http.api.Api;
import routes.http.api.Json;
import routes.http.api.Request;

/** The endpoints of the demo's own server. */
public final class DemoApi {

  private static final int WEEK = 7 * 86_400;

  private final Demo demo;

  public DemoApi(Demo demo) {
    this.demo = demo;
  }

  /** Adds them. */
  public void addTo(Api api) {
    JsonNode description = Json.resource("/demo/openapi.json");
    api.get("/api/openapi.json", request -> description)
        .get("/health", request -> new Health("UP"))
        .get("/api/status", request -> demo.status())
        .get("/api/town", request -> town())
        .get("/api/log-types", request -> logTypes())
        .get("/api/scenarios", request -> scenarios())
        .post("/api/scenarios/:id/start", this::startScenario)
        .post("/api/scenarios/:id/stop", this::stopScenario)
        .post("/api/anomaly/trigger", this::trigger)
        .post("/api/continuous/start", this::start)
        .post("/api/continuous/stop", request -> new Stopped(demo.stop() ? 1 : 0));
  }

  record Health(String status) {}

  /**
   * What was stopped.
   *
   * @param stopped how many there were
   */
  record Stopped(int stopped) {}

  /** The services and who calls whom. */
  record TownView(List<ServiceView> services, List<List<String>> calls) {}

  record ServiceView(
      String name, String role, String runtime, int instances, int column, int row) {}

  /** A kind of log. */
  record LogType(
      String id,
      String group,
      String title,
      String form,
      Map<Level, Double> levels,
      List<String> fields) {}

  record ScenarioView(
      String id,
      String type,
      String title,
      String group,
      String place,
      String strength,
      double intensity,
      String shape,
      int durationSeconds,
      String description) {}

  /** What is asked of {@code POST /api/anomaly/trigger}. */
  record TriggerRequest(
      @Nullable String anomaly_type,
      @Nullable Double intensity,
      @Nullable Double duration_seconds,
      @Nullable String service,
      @Nullable String shape) {}

  private Object town() {
    CallGraph graph = new CallGraph(demo.town());
    return new TownView(
        demo.town().services().stream()
            .map(
                service ->
                    new ServiceView(
                        service.name(),
                        service.role(),
                        service.runtime(),
                        service.instances(),
                        service.column(),
                        service.row()))
            .toList(),
        graph.edges().stream()
            .map(edge -> edge.stream().map(service -> service.name()).toList())
            .toList());
  }

  private Object logTypes() {
    return demo.town().kinds().all().stream()
        .map(
            kind ->
                new LogType(
                    kind.id(),
                    kind.group(),
                    kind.title(),
                    kind.form().name().toLowerCase(Locale.ROOT),
                    kind.levels().shares(),
                    kind.fields()))
        .toList();
  }

  private Object scenarios() {
    return demo.scenarios().all().stream()
        .map(
            scenario ->
                new ScenarioView(
                    scenario.id(),
                    scenario.type(),
                    scenario.title(),
                    scenario.group(),
                    scenario.place().name(),
                    scenario.strength(),
                    scenario.intensity(),
                    scenario.shapeName(),
                    scenario.seconds(),
                    scenario.description()))
        .toList();
  }

  private Object start(Request request) {
    demo.start(request.body(StartRequest.class));
    return demo.status();
  }

  private Object startScenario(Request request) {
    Scenario scenario = named(request);
    return demo.trigger(scenario, scenario.seconds());
  }

  private Object stopScenario(Request request) {
    return new Stopped(demo.stop(named(request)));
  }

  private Scenario named(Request request) {
    String id = request.path("id");
    return demo.scenarios()
        .named(id)
        .orElseThrow(
            () ->
                HttpProblem.missing(
                    "There is no scenario \"%s\"; GET /api/scenarios lists those there are"
                        .formatted(shortened(id))));
  }

  /**
   * The scenario of the type with this place and shape whose strength is nearest to what is wanted,
   * at exactly that; of several the first.
   */
  private Object trigger(Request request) {
    TriggerRequest asked = request.body(TriggerRequest.class);
    if (asked.anomaly_type() == null) {
      throw HttpProblem.badRequest("anomaly_type is missing; " + types());
    }
    List<Scenario> ofType = demo.scenarios().ofType(asked.anomaly_type());
    if (ofType.isEmpty()) {
      throw HttpProblem.badRequest(
          "anomaly_type is \"%s\": must be one of those that %s"
              .formatted(shortened(asked.anomaly_type()), types()));
    }
    List<Scenario> meant =
        ofType.stream()
            .filter(each -> asked.service() == null || asked.service().equals(each.place().name()))
            .filter(each -> asked.shape() == null || asked.shape().equals(each.shapeName()))
            .toList();
    if (meant.isEmpty()) {
      throw HttpProblem.badRequest(
          "There is no scenario of this type with this service and shape; GET /api/scenarios lists those there are");
    }
    double intensity =
        StartRequest.number("intensity", asked.intensity(), meant.get(0).intensity(), 0.01, 1);
    Scenario scenario =
        Collections.min(
            meant, Comparator.comparingDouble(each -> Math.abs(each.intensity() - intensity)));
    double seconds =
        StartRequest.number(
            "duration_seconds", asked.duration_seconds(), scenario.seconds(), 1, WEEK);
    return demo.trigger(scenario.at(intensity), Math.round(seconds));
  }

  private static String types() {
    return "GET /api/scenarios lists as type";
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}

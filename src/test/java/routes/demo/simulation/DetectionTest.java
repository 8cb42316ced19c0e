package routes.demo.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.demo.Detector;
import routes.demo.scenario.Label;
import routes.demo.scenario.Scenario;
import routes.demo.scenario.Scenarios;
import routes.demo.text.Text;
import routes.demo.town.CallGraph;
import routes.demo.town.Service;
import routes.demo.town.Town;

/** The simplest of detectors, on error rates by the minute, finds what the labels say. */
class DetectionTest {

  private static final Instant START = Instant.parse("2026-11-20T17:00:00Z");
  private static final Town TOWN = Town.load();
  private static final Scenarios SCENARIOS = new Scenarios(TOWN, Path.of("does-not-exist"));
  private static final int QUIET_MINUTES = 20;
  private static final double FOUND = 5;
  private static final int FEW = 20;
  private static final double SHARE = 0.3;

  /** Its own log has no level above WARN; those who call it say more. */
  private static final Set<String> SILENT = Set.of("cache");

  /** Tells a detector of the errors among the logs, minute by minute. */
  private static final class Errors implements Output {

    private final Detector detector = new Detector();
    private final Heard truth = new Heard();
    private int minute;

    void next(int number) {
      minute = number;
    }

    @Override
    public void log(Service service, Text line) {
      String text = new String(line.toBytes(), ISO_8859_1);
      detector.add(service.name(), minute, text.contains("\"level\":\"ERROR\"") ? 1 : 0);
    }

    @Override
    public void span(Span span) {}

    @Override
    public void measurement(Measurement measurement) {}

    @Override
    public void label(Label label) {
      truth.label(label);
    }
  }

  /** One for each fault and place where so many requests fail that nobody overlooks it. */
  static Stream<String> strong() {
    Set<String> seen = new HashSet<>();
    CallGraph graph = new CallGraph(TOWN);
    return SCENARIOS.all().stream()
        .filter(scenario -> scenario.strength().equals("strong"))
        .filter(scenario -> scenario.effect().errors() * scenario.intensity() >= SHARE)
        .filter(scenario -> scenario.effect().status() >= 500)
        .filter(
            scenario ->
                !graph.callees(scenario.place(), 1).isEmpty()
                    || !graph.callers(scenario.place(), 1).isEmpty())
        .filter(scenario -> seen.add(scenario.type() + " " + scenario.place().name()))
        .map(Scenario::id);
  }

  @ParameterizedTest
  @MethodSource("strong")
  void a_strong_scenario_is_found_where_and_when_its_label_says(String id) {
    Simulation simulation = new Simulation(TOWN, SCENARIOS, new Options(17, START, 120, 0));
    Errors errors = new Errors();
    live(simulation, errors, 0, QUIET_MINUTES);
    simulation.start(SCENARIOS.named(id).orElseThrow(), simulation.now(), 300, errors);
    live(simulation, errors, QUIET_MINUTES, QUIET_MINUTES + 10);

    JsonNode label = errors.truth.labels.get(1);
    assertThat(label.path("phase").asText()).isEqualTo("end");
    Set<String> affected = new HashSet<>();
    label.path("affected").forEach(one -> affected.add(one.path("service").asText()));
    Set<String> found = new HashSet<>();
    int first = Integer.MAX_VALUE;
    for (String service : errors.detector.services()) {
      for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 5; minute++) {
        if (errors.detector.score(service, minute, FEW) > FOUND) {
          found.add(service);
          first = Math.min(first, minute);
        }
      }
    }
    String place = label.path("place").asText();
    assertThat(found).isNotEmpty().isSubsetOf(affected);
    assertThat(found.contains(place)).isNotEqualTo(SILENT.contains(place));
    assertThat(START.plusSeconds(60L * first))
        .isBetween(
            Instant.parse(label.path("start").asText()), Instant.parse(label.path("end").asText()));
    assertThat(errors.detector.score(place, QUIET_MINUTES + 9, FEW)).isLessThan(FOUND);
  }

  private static void live(Simulation simulation, Errors errors, int from, int to) {
    for (int minute = from; minute < to; minute++) {
      errors.next(minute);
      for (int second = 0; second < 60; second++) {
        simulation.tick(errors);
      }
    }
  }
}

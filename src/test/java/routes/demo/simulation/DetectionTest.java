package routes.demo.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
  private static final double FOUND = 4;
  private static final double FEW = 20;
  private static final double SHARE = 0.3;

  /** Its own log has no level above WARN; those who call it say more. */
  private static final Set<String> SILENT = Set.of("cache");

  /** Errors and all logs of each service in each minute. */
  private static final class Minutes implements Output {

    private final Map<String, List<double[]>> byService = new HashMap<>();
    private final List<JsonNode> labels = new ArrayList<>();
    private final Heard truth = new Heard();
    private int minute;

    void next(int number) {
      minute = number;
    }

    @Override
    public void log(Service service, Text line) {
      List<double[]> minutes = byService.computeIfAbsent(service.name(), name -> new ArrayList<>());
      while (minutes.size() <= minute) {
        minutes.add(new double[2]);
      }
      String text = new String(line.toBytes(), ISO_8859_1);
      minutes.get(minute)[0] += text.contains("\"level\":\"ERROR\"") ? 1 : 0;
      minutes.get(minute)[1]++;
    }

    @Override
    public void span(Span span) {}

    @Override
    public void measurement(Measurement measurement) {}

    @Override
    public void label(Label label) {
      truth.label(label);
      labels.add(truth.labels.get(truth.labels.size() - 1));
    }

    /** How far a minute is from the quiet ones, in their standard deviations. */
    double score(String service, int number) {
      List<double[]> minutes = byService.get(service);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < QUIET_MINUTES; i++) {
        double rate = rate(minutes.get(i));
        sum += rate;
        squares += rate * rate;
      }
      double mean = sum / QUIET_MINUTES;
      double deviation = Math.sqrt(Math.max(0, squares / QUIET_MINUTES - mean * mean));
      return (rate(minutes.get(number)) - mean) / Math.max(0.01, deviation);
    }

    private static double rate(double[] minute) {
      return minute[0] / Math.max(FEW, minute[1]);
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
    Minutes minutes = new Minutes();
    live(simulation, minutes, 0, QUIET_MINUTES);
    simulation.start(SCENARIOS.named(id).orElseThrow(), simulation.now(), 300, minutes);
    live(simulation, minutes, QUIET_MINUTES, QUIET_MINUTES + 10);

    JsonNode label = minutes.labels.get(minutes.labels.size() - 1);
    assertThat(label.path("phase").asText()).isEqualTo("end");
    Set<String> affected = new HashSet<>();
    label.path("affected").forEach(one -> affected.add(one.path("service").asText()));
    Set<String> found = new HashSet<>();
    int first = Integer.MAX_VALUE;
    for (String service : minutes.byService.keySet()) {
      for (int minute = QUIET_MINUTES; minute < QUIET_MINUTES + 5; minute++) {
        if (minutes.byService.get(service).get(minute)[1] >= FEW
            && minutes.score(service, minute) > FOUND) {
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
    assertThat(minutes.score(place, QUIET_MINUTES + 9)).isLessThan(FOUND);
  }

  private static void live(Simulation simulation, Minutes minutes, int from, int to) {
    for (int minute = from; minute < to; minute++) {
      minutes.next(minute);
      for (int second = 0; second < 60; second++) {
        simulation.tick(minutes);
      }
    }
  }
}

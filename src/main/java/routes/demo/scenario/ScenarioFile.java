package routes.demo.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.pattern.Pattern;
import routes.demo.pattern.PatternReader;
import routes.demo.town.Service;
import routes.demo.town.Town;

/**
 * Makes scenarios of a YAML file: a list of kinds of faults, each at every one of its places, in
 * each of its strengths and shapes.
 */
final class ScenarioFile {

  private static final Set<String> NAMES =
      Set.of(
          "type",
          "title",
          "group",
          "description",
          "places",
          "strengths",
          "shapes",
          "minutes",
          "effect",
          "spread");

  private final Town town;
  private final Map<String, Pattern> shapes;

  ScenarioFile(Town town, Map<String, Pattern> shapes) {
    this.town = town;
    this.shapes = shapes;
  }

  /** The shapes that scenarios name. */
  static Map<String, Pattern> shapes(Data data) {
    PatternReader patterns = new PatternReader(0);
    Map<String, Pattern> shapes = new LinkedHashMap<>();
    data.entries()
        .forEach((name, pattern) -> shapes.put(name, patterns.read(pattern).between(0, 1)));
    return shapes;
  }

  List<Scenario> read(Data file) {
    List<Scenario> scenarios = new ArrayList<>();
    for (Data fault : file.items()) {
      addTo(scenarios, fault.only(NAMES));
    }
    return scenarios;
  }

  private void addTo(List<Scenario> scenarios, Data fault) {
    Effect effect = Effect.read(fault.get("effect"), town.kinds());
    Spread spread = fault.find("spread").map(Spread::read).orElse(Spread.NONE);
    int seconds = (int) Math.round(60 * fault.number("minutes", 10, 0.1, 7 * 24 * 60));
    for (Data place : fault.get("places").items()) {
      Service service = service(place);
      for (Map.Entry<String, Data> strength : fault.get("strengths").entries().entrySet()) {
        for (Data shape : fault.get("shapes").items()) {
          String type = fault.get("type").text();
          scenarios.add(
              new Scenario(
                  "%s-%s-%s-%s".formatted(type, service.name(), strength.getKey(), shape.text()),
                  type,
                  fault.get("title").text(),
                  fault.text("group", "other"),
                  service,
                  strength.getKey(),
                  strength.getValue().number(0.01, 1),
                  shape.text(),
                  shape(shape),
                  seconds,
                  effect,
                  spread,
                  fault.get("description").text()));
        }
      }
    }
  }

  private Service service(Data place) {
    return town.service(place.text())
        .orElseThrow(() -> place.refused("there is no service \"%s\"".formatted(place.text())));
  }

  private Pattern shape(Data name) {
    Pattern shape = shapes.get(name.text());
    if (shape == null) {
      throw name.refused(
          "\"%s\" is no shape; there are %s"
              .formatted(name.text(), String.join(", ", shapes.keySet())));
    }
    return shape;
  }
}

package routes.demo.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.pattern.Pattern;
import routes.demo.pattern.PatternReader;
import routes.demo.pattern.Patterns;
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
          "rhythm",
          "minutes",
          "effect",
          "spread");

  private final Town town;
  private final PatternReader shapes;

  ScenarioFile(Town town, Map<String, Pattern> shapes) {
    this.town = town;
    this.shapes = new PatternReader(0, shapes);
  }

  /** The shapes that scenarios name. */
  static Map<String, Pattern> shapes(Data data) {
    return patterns(data, new PatternReader(0));
  }

  private static Map<String, Pattern> patterns(Data named, PatternReader reader) {
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    named.entries().forEach((name, pattern) -> patterns.put(name, share(reader.read(pattern))));
    return patterns;
  }

  private static Pattern share(Pattern pattern) {
    return pattern.between(0, 1);
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
    Map<String, Pattern> own = shapesOf(fault);
    Pattern rhythm =
        fault
            .find("rhythm")
            .map(pattern -> share(new PatternReader(0).read(pattern)))
            .orElse(Patterns.constant(1));
    int seconds = (int) Math.round(60 * fault.number("minutes", 10, 0.1, 7 * 24 * 60));
    for (Data place : fault.get("places").items()) {
      Service service = service(place);
      for (Map.Entry<String, Data> strength : fault.get("strengths").entries().entrySet()) {
        own.forEach(
            (shape, pattern) -> {
              String type = fault.get("type").text();
              scenarios.add(
                  new Scenario(
                      "%s-%s-%s-%s".formatted(type, service.name(), strength.getKey(), shape),
                      type,
                      fault.get("title").text(),
                      fault.text("group", "other"),
                      service,
                      strength.getKey(),
                      strength.getValue().number(0.01, 1),
                      shape,
                      pattern,
                      rhythm,
                      seconds,
                      effect,
                      spread,
                      fault.get("description").text()));
            });
      }
    }
  }

  private Service service(Data place) {
    return town.service(place.text())
        .orElseThrow(() -> place.refused("there is no service \"%s\"".formatted(place.text())));
  }

  /** Those that are named, and those that a fault declares for itself. */
  private Map<String, Pattern> shapesOf(Data fault) {
    Map<String, Pattern> all = new LinkedHashMap<>();
    for (Data item : fault.get("shapes").items()) {
      Map<String, Pattern> some =
          item.isMap() ? patterns(item, shapes) : Map.of(item.text(), share(shapes.read(item)));
      some.forEach(
          (name, pattern) -> {
            if (all.put(name, pattern) != null) {
              throw item.refused("the shape \"%s\" is there twice".formatted(name));
            }
          });
    }
    return all;
  }
}

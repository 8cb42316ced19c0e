package routes.demo.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import routes.demo.data.Data;
import routes.demo.data.DataException;
import routes.demo.pattern.Pattern;
import routes.demo.town.Town;

/** All scenarios there are: those that come with the app, and those in a folder of the user's. */
public final class Scenarios {

  private final Map<String, Scenario> byId = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Reads them.
   *
   * @param folder whose {@code *.yaml} and {@code *.yml} are read too; it need not exist. A file
   *     that is broken is a {@link #problems() problem}, and the others are read all the same.
   */
  public Scenarios(Town town, Path folder) {
    Map<String, Pattern> shapes = ScenarioFile.shapes(Data.resource("shapes.yaml"));
    ScenarioFile reader = new ScenarioFile(town, shapes);
    for (String name : Data.resource("scenarios/index.yaml").texts()) {
      add(name, reader.read(Data.resource("scenarios/" + name)));
    }
    for (Path file : files(folder)) {
      readUsers(file, reader);
    }
  }

  private void readUsers(Path file, ScenarioFile reader) {
    String name = String.valueOf(file.getFileName());
    try {
      add(name, reader.read(Data.of(name, Files.readString(file, UTF_8))));
    } catch (DataException broken) {
      problems.add(String.valueOf(broken.getMessage()));
    } catch (IOException unreadable) {
      problems.add("%s: cannot be read (%s)".formatted(name, unreadable));
    }
  }

  /** All of a file or none of it. */
  private void add(String file, List<Scenario> scenarios) {
    Map<String, Scenario> added = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      if (byId.containsKey(scenario.id()) || added.put(scenario.id(), scenario) != null) {
        problems.add(
            "%s: the scenario %s is there already; its type needs another name"
                .formatted(file, scenario.id()));
        return;
      }
    }
    byId.putAll(added);
  }

  private List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException unreadable) {
      problems.add("%s: cannot be listed (%s)".formatted(folder, unreadable));
      return List.of();
    }
  }

  public Collection<Scenario> all() {
    return byId.values();
  }

  public Optional<Scenario> named(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Those of a type, in the order of their files. */
  public List<Scenario> ofType(String type) {
    return byId.values().stream().filter(scenario -> scenario.type().equals(type)).toList();
  }

  /** What could not be read, each with file, line and reason. */
  public List<String> problems() {
    return problems;
  }
}

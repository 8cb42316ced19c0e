package routes.demo.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import routes.demo.town.CallGraph;
import routes.demo.town.Service;
import routes.demo.town.Town;

/** The anomalies of a simulation, at most a hundred at a time. Not thread-safe. */
public final class Anomalies {

  public static final int MAX_AT_ONCE = 100;

  private final CallGraph graph;
  private final String run;
  private final List<Anomaly> running = new ArrayList<>();
  private int number;

  /**
   * @param run part of their ids
   */
  public Anomalies(Town town, String run) {
    graph = new CallGraph(town);
    this.run = run;
  }

  /**
   * Begins one.
   *
   * @param nanos when it begins, in the simulation's time; never in its past
   * @param label takes the record of what is true
   */
  public Anomaly start(Scenario scenario, long nanos, long seconds, Consumer<Label> label) {
    if (running.size() >= MAX_AT_ONCE) {
      throw new IllegalStateException(MAX_AT_ONCE + " anomalies are running; stop some first");
    }
    Anomaly anomaly =
        new Anomaly("%s-%s".formatted(run, ++number), scenario, nanos, seconds, graph);
    running.add(anomaly);
    label.accept(new Label(anomaly, Label.Phase.BEGIN));
    return anomaly;
  }

  /** Ends those of a scenario; how many there were. */
  public int stop(String scenario, long nanos) {
    List<Anomaly> meant =
        running.stream().filter(anomaly -> anomaly.scenario().id().equals(scenario)).toList();
    meant.forEach(anomaly -> anomaly.stop(nanos));
    return meant.size();
  }

  /** Ends all of them. */
  public void stopAll(long nanos, Consumer<Label> label) {
    for (Anomaly anomaly : running) {
      anomaly.stop(nanos);
      label.accept(new Label(anomaly, Label.Phase.END));
    }
    running.clear();
  }

  /**
   * How the services fare at a moment that is never before the last one; those left out are well.
   */
  public Map<Service, Condition> conditions(long nanos, Consumer<Label> label) {
    Map<Service, Condition> conditions = new LinkedHashMap<>();
    for (Anomaly anomaly : List.copyOf(running)) {
      if (anomaly.isOver(nanos)) {
        running.remove(anomaly);
        label.accept(new Label(anomaly, Label.Phase.END));
      } else {
        anomaly.apply(nanos, conditions);
      }
    }
    return conditions;
  }

  public List<Anomaly> running() {
    return List.copyOf(running);
  }

  /** The one that makes a service run another version now. */
  public Optional<Anomaly> release(Service service, long nanos) {
    return running.stream()
        .filter(anomaly -> anomaly.scenario().effect().releases())
        .filter(anomaly -> anomaly.scenario().place().equals(service))
        .filter(anomaly -> anomaly.startNanos() <= nanos && nanos < anomaly.endNanos())
        .findFirst();
  }
}

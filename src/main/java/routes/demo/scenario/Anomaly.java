package routes.demo.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.demo.town.CallGraph;
import routes.demo.town.Service;

/** A scenario that runs, or ran, from one moment of the simulation to another. */
public final class Anomaly {

  private static final long BILLION = 1_000_000_000L;

  private final String id;
  private final Scenario scenario;
  private final long startNanos;
  private final long plannedNanos;
  private final List<Affected> affected;
  private long endNanos;

  Anomaly(String id, Scenario scenario, long startNanos, long seconds, CallGraph graph) {
    this.id = id;
    this.scenario = scenario;
    this.startNanos = startNanos;
    plannedNanos = seconds * BILLION;
    endNanos = startNanos + plannedNanos;
    affected = affected(scenario, graph);
  }

  /** Where the fault is, and those whose calls to there fail or take long. */
  private static List<Affected> affected(Scenario scenario, CallGraph graph) {
    Service place = scenario.place();
    Spread spread = scenario.spread();
    Map<Service, Affected> all = new LinkedHashMap<>();
    all.put(place, Affected.at(place, 1, 0));
    spread
        .reached(place, graph)
        .forEach(
            (service, distance) ->
                all.put(
                    service,
                    Affected.at(
                        service,
                        Math.pow(spread.share(), distance),
                        spread.delaySeconds() * distance * BILLION)));
    if (scenario.effect().isFeltByCallers()) {
      for (Affected source : all.values().stream().filter(one -> one.share() > 0).toList()) {
        for (Service caller : graph.dependents(source.service())) {
          long nanos = source.delayNanos();
          all.merge(
              caller, Affected.at(caller, 0, nanos), (known, ignored) -> known.noticing(nanos));
        }
      }
    }
    return new ArrayList<>(all.values());
  }

  /** Adds what it does at this moment. */
  void apply(long nanos, Map<Service, Condition> conditions) {
    for (Affected one : affected) {
      long there = nanos - one.delayNanos();
      double progress = (there - startNanos) / (double) plannedNanos;
      if (progress < 0 || there >= endNanos || one.share() == 0) {
        continue;
      }
      double strength = scenario.strength(progress, there / (double) BILLION) * one.share();
      Condition condition = conditions.computeIfAbsent(one.service(), ignored -> new Condition());
      if (one.service().equals(scenario.place())) {
        condition.add(scenario.effect(), strength);
      } else {
        condition.addFelt(scenario.effect(), strength);
      }
    }
  }

  /** Ends it before its time. */
  void stop(long nanos) {
    endNanos = Math.min(endNanos, Math.max(nanos, startNanos));
  }

  /** Whether it is over at its place, and has reached everybody it reaches. */
  boolean isOver(long nanos) {
    long last = affected.stream().mapToLong(Affected::lastNanos).max().orElse(0);
    return nanos >= endNanos + last;
  }

  public String id() {
    return id;
  }

  public Scenario scenario() {
    return scenario;
  }

  /** In the simulation's time, as all times here. */
  public long startNanos() {
    return startNanos;
  }

  public long endNanos() {
    return endNanos;
  }

  List<Affected> affected() {
    return affected;
  }

  public List<String> affectedServices() {
    return affected.stream().map(one -> one.service().name()).toList();
  }
}

package routes.demo.town;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import routes.demo.town.Operation.Call;

/** Which services call which, and how far they are from each other. */
public final class CallGraph {

  private final Map<Service, Set<Service>> callees = new LinkedHashMap<>();
  private final Map<Service, Set<Service>> callers = new LinkedHashMap<>();
  private final Map<Service, Set<Service>> dependents = new LinkedHashMap<>();

  public CallGraph(Town town) {
    for (Operation operation : town.operations()) {
      for (Call call : operation.calls()) {
        Service from = operation.service();
        Service to = call.to().service();
        if (!from.equals(to)) {
          add(callees, from, to);
          add(callers, to, from);
          if (call.needed()) {
            add(dependents, to, from);
          }
        }
      }
    }
  }

  /** Those it calls, directly or not, with the number of calls in between plus one. */
  public Map<Service, Integer> callees(Service service, int maxDistance) {
    return reached(callees, service, maxDistance);
  }

  /** Those that call it. */
  public Map<Service, Integer> callers(Service service, int maxDistance) {
    return reached(callers, service, maxDistance);
  }

  /** Those whose requests fail when it does. */
  public Collection<Service> dependents(Service service) {
    return reached(dependents, service, Integer.MAX_VALUE).keySet();
  }

  /** The pairs of caller and called. */
  public List<List<Service>> edges() {
    return callees.entrySet().stream()
        .flatMap(from -> from.getValue().stream().map(to -> List.of(from.getKey(), to)))
        .toList();
  }

  private static void add(Map<Service, Set<Service>> graph, Service from, Service to) {
    graph.computeIfAbsent(from, ignored -> new LinkedHashSet<>()).add(to);
  }

  private static Map<Service, Integer> reached(
      Map<Service, Set<Service>> graph, Service start, int maxDistance) {
    Map<Service, Integer> distances = new LinkedHashMap<>();
    distances.put(start, 0);
    Deque<Service> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      Service service = next.remove();
      int distance = distances.getOrDefault(service, 0) + 1;
      for (Service neighbour : graph.getOrDefault(service, Set.of())) {
        if (distance <= maxDistance && distances.putIfAbsent(neighbour, distance) == null) {
          next.add(neighbour);
        }
      }
    }
    distances.remove(start);
    return distances;
  }
}

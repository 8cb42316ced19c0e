package routes.demo.town;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.logs.LogKinds;
import routes.demo.people.Dice;

/** The services, their call graph and the journeys through it. Does not change. */
public final class Town {

  private final LogKinds kinds;
  private final List<Service> services = new ArrayList<>();
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final List<Background> background = new ArrayList<>();
  private final List<Journey> journeys = new ArrayList<>();
  private final double weight;

  private Town(Data data, LogKinds kinds) {
    this.kinds = kinds;
    data.only(Set.of("services", "journeys"));
    data.get("services").entries().forEach(this::add);
    data.get("services").entries().forEach((name, service) -> connect(name, service));
    for (Data journey : data.list("journeys")) {
      journeys.add(Journey.read(journey, this));
    }
    weight = journeys.stream().mapToDouble(Journey::weight).sum();
  }

  /** Reads it from the class path. */
  public static Town load() {
    return new Town(Data.resource("town.yaml"), LogKinds.load());
  }

  private void add(String name, Data data) {
    Service service = Service.read(services.size(), name, data);
    services.add(service);
    data.get("operations")
        .entries()
        .forEach(
            (operation, description) ->
                operations.put(
                    name + "." + operation,
                    Operation.read(service, operation, description, kinds)));
    for (Data item : data.list("background")) {
      background.add(Background.read(item, service, kinds));
    }
  }

  private void connect(String name, Data data) {
    data.get("operations")
        .entries()
        .forEach(
            (operation, description) -> {
              Operation from = operation(description, name + "." + operation);
              for (Data call : description.list("calls")) {
                from.calls(operation(call, call.text().split(" ", -1)[0]), call);
              }
            });
  }

  Operation operation(Data place, String name) {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw place.refused("there is no operation \"%s\"".formatted(name));
    }
    return operation;
  }

  public LogKinds kinds() {
    return kinds;
  }

  public List<Service> services() {
    return services;
  }

  public Optional<Service> service(String name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
  }

  /** What a service does. */
  public List<Operation> operations(Service service) {
    return operations.values().stream().filter(each -> each.service().equals(service)).toList();
  }

  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  public List<Background> background() {
    return background;
  }

  public List<Journey> journeys() {
    return journeys;
  }

  /** One of the journeys, each as often as its weight says. */
  public Journey journey(Dice dice) {
    double left = dice.share() * weight;
    for (Journey journey : journeys) {
      left -= journey.weight();
      if (left < 0) {
        return journey;
      }
    }
    return journeys.get(0);
  }
}

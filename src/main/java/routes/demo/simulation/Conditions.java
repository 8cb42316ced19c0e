package routes.demo.simulation;

import java.util.Arrays;
import java.util.Map;
import routes.demo.scenario.Condition;
import routes.demo.town.Service;

/** How every service fares this second. */
final class Conditions {

  private static final Condition WELL = new Condition();

  private final Condition[] byService;

  Conditions(int services, Map<Service, Condition> exceptions) {
    byService = new Condition[services];
    Arrays.fill(byService, WELL);
    exceptions.forEach((service, condition) -> byService[service.index()] = condition);
  }

  Condition of(Service service) {
    return byService[service.index()];
  }
}

package routes.demo.simulation;

import routes.demo.pattern.Pattern;
import routes.demo.town.Background;
import routes.demo.town.Journey;
import routes.demo.town.Operation;
import routes.demo.town.Operation.Call;
import routes.demo.town.Operation.Emission;
import routes.demo.town.Service;
import routes.demo.town.Town;

/** What a town does on average when all is well, computed and not tried. */
final class Expectation {

  private static final int HOURS_OF_A_WEEK = 168;

  private final double[] visits;
  private double logsAJourney;
  private double backgroundLogs;

  Expectation(Town town) {
    visits = new double[town.services().size()];
    double weights = town.journeys().stream().mapToDouble(Journey::weight).sum();
    for (Journey journey : town.journeys()) {
      add(journey.entry(), journey.weight() / weights);
    }
    for (Background each : town.background()) {
      backgroundLogs += each.perMinute() / 60 * each.service().instances();
    }
  }

  private void add(Operation operation, double share) {
    visits[operation.service().index()] += share;
    for (Emission emission : operation.logs()) {
      logsAJourney += share * emission.share();
    }
    for (Emission emission : operation.onSuccess()) {
      logsAJourney += share * emission.share();
    }
    for (Call call : operation.calls()) {
      add(call.to(), share * call.share());
    }
  }

  /** How often a service is visited on a journey. */
  double visits(Service service) {
    return visits[service.index()];
  }

  double logsAJourney() {
    return logsAJourney;
  }

  /** Those without a request, in a second, at full traffic. */
  double backgroundLogs() {
    return backgroundLogs;
  }

  /** What a pattern is on average over a week from a moment on. */
  static double mean(Pattern pattern, double fromSeconds) {
    double sum = 0;
    for (int hour = 0; hour < HOURS_OF_A_WEEK; hour++) {
      sum += pattern.at(fromSeconds + 3600.0 * hour);
    }
    return sum / HOURS_OF_A_WEEK;
  }
}

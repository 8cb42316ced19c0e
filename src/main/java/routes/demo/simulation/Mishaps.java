package routes.demo.simulation;

import java.util.List;
import java.util.Optional;
import routes.demo.people.Dice;
import routes.demo.scenario.Scenario;

/** Anomalies that come by themselves, at times that only the seed knows. Not thread-safe. */
final class Mishaps {

  private final List<Scenario> scenarios;
  private final Dice dice;
  private final double perSecond;

  /**
   * @param perHour how many on average
   */
  Mishaps(List<Scenario> scenarios, Dice dice, double perHour) {
    this.scenarios = scenarios;
    this.dice = dice;
    perSecond = perHour / 3600;
  }

  /** What begins this second. */
  Optional<Scenario> next() {
    return dice.chance(perSecond) && !scenarios.isEmpty()
        ? Optional.of(dice.oneOf(scenarios))
        : Optional.empty();
  }
}

package routes.demo.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.demo.logs.Level;
import routes.demo.logs.LogKind;
import routes.demo.logs.LogWriter;
import routes.demo.logs.Situation;
import routes.demo.people.Dice;
import routes.demo.scenario.Condition;
import routes.demo.town.Operation.Emission;
import routes.demo.town.Service;

/** Writes logs as a service does under its conditions: with its clock, and not all of them. */
final class Logbook {

  private final LogWriter writer;
  private final Dice dice;

  Logbook(Dice dice, long run) {
    this.dice = dice;
    writer = new LogWriter(dice, run);
  }

  /** Writes those of the kinds that are due, at times within the work they tell of. */
  void writeAll(
      List<Emission> emissions,
      Service service,
      Situation situation,
      Condition condition,
      long from,
      long to,
      Output out) {
    for (Emission emission : emissions) {
      if (dice.chance(emission.share())) {
        long nanos = to > from ? dice.between(from, to) : to;
        write(emission.kind(), service, situation, condition, null, nanos, out);
      }
    }
  }

  /**
   * Writes one.
   *
   * @param level null for the one that is due
   */
  void write(
      LogKind kind,
      Service service,
      Situation situation,
      Condition condition,
      @Nullable Level level,
      long nanos,
      Output out) {
    if (!dice.chance(condition.silence())) {
      out.log(service, writer.write(kind, situation, level, nanos + condition.skewNanos()));
    }
  }
}

package routes.demo.scenario;

import java.util.Map;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.town.CallGraph;
import routes.demo.town.Service;

/**
 * How a fault reaches other services along the call graph.
 *
 * @param delaySeconds from one service to the next
 * @param share how strong it is at the next, compared with the one before, 0 to 1; 0 = those it
 *     reaches only have more or less to do
 * @param distance how many calls far it goes
 */
public record Spread(Direction to, int delaySeconds, double share, int distance) {

  static final Spread NONE = new Spread(Direction.NOBODY, 0, 0, 0);

  /** Whom it reaches. */
  public enum Direction {
    NOBODY,
    CALLERS,
    CALLEES
  }

  static Spread read(Data data) {
    data.only(Set.of("to", "delay_seconds", "share", "distance"));
    return new Spread(
        data.get("to").oneOf(Direction.class),
        data.find("delay_seconds").map(delay -> delay.whole(0, 3600)).orElse(20),
        data.number("share", 0.4, 0, 1),
        data.find("distance").map(distance -> distance.whole(1, 10)).orElse(2));
  }

  /** Those it reaches, and over how many calls. */
  Map<Service, Integer> reached(Service place, CallGraph graph) {
    return switch (to) {
      case NOBODY -> Map.of();
      case CALLERS -> graph.callers(place, distance);
      case CALLEES -> graph.callees(place, distance);
    };
  }
}

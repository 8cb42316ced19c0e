package routes.demo.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a simulation may have come at a time: never beyond the present, nor its end.
 *
 * @param from where the simulation began, in its own time
 * @param to where it ends; empty = never
 * @param speed simulated seconds in one real second; 0 = as many as the intake takes
 * @param began when that was
 */
record Pace(Instant from, Optional<Instant> to, double speed, Instant began) {

  Instant due(Instant now) {
    Instant due = speed == 0 ? now : from.plus(scaled(Duration.between(began, now)));
    Instant present = due.isAfter(now) ? now : due;
    return to.filter(end -> end.isBefore(present)).orElse(present);
  }

  boolean isOver(Instant simulated) {
    return to.isPresent() && !simulated.isBefore(to.get());
  }

  private Duration scaled(Duration real) {
    return Duration.ofMillis((long) (real.toMillis() * speed));
  }
}

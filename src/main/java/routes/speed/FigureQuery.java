package routes.speed;

import java.time.Instant;
import java.util.Optional;
import routes.signal.Signal;

/**
 * Which figures are wanted.
 *
 * @param seconds how long the time of each is
 * @param from the first that begin then or later
 * @param to none that begin then or later
 * @param service empty = of all
 * @param series empty = all
 */
record FigureQuery(
    int seconds,
    Signal signal,
    Instant from,
    Instant to,
    Optional<String> service,
    Optional<String> series) {

  /** The column that parts differ in: the service, or of one service the series. */
  String part() {
    return service.isPresent() ? "series" : "service";
  }

  /** Takes what is found. */
  interface Sink {
    void take(Key key, Figure figure);
  }
}

package routes.demo.scenario;

import routes.demo.town.Service;

/**
 * A service that an anomaly reaches.
 *
 * @param share how strong it is there, compared with its place; 0 where only calls are noticed that
 *     fail, take long, or are more or fewer than usual
 * @param delayNanos after which the fault itself sets in and ends there
 * @param firstNanos after which it can first be noticed there, since its calls fail or take long
 * @param lastNanos after which the last of it is over there
 */
record Affected(Service service, double share, long delayNanos, long firstNanos, long lastNanos) {

  /** A service where the fault sets in by itself. */
  static Affected at(Service service, double share, long delayNanos) {
    return new Affected(service, share, delayNanos, delayNanos, delayNanos);
  }

  /** The same with calls that fail or take long from a time on. */
  Affected noticing(long nanos) {
    return new Affected(
        service, share, delayNanos, Math.min(firstNanos, nanos), Math.max(lastNanos, nanos));
  }
}

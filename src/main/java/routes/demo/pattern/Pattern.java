package routes.demo.pattern;

/** How strong something is at a time. A pure function. */
@FunctionalInterface
public interface Pattern {

  /**
   * The strength at a time.
   *
   * @param seconds since 1970, or since something began
   */
  double at(double seconds);

  default Pattern times(Pattern other) {
    return seconds -> at(seconds) * other.at(seconds);
  }

  default Pattern plus(Pattern other) {
    return seconds -> at(seconds) + other.at(seconds);
  }

  default Pattern between(double min, double max) {
    return seconds -> Math.min(max, Math.max(min, at(seconds)));
  }
}

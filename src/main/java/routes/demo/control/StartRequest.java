package routes.demo.control;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.demo.simulation.Options;
import routes.http.HttpProblem;

/**
 * What is asked of {@code POST /api/continuous/start}; everything may be left out.
 *
 * @param interval_seconds how often what happened is sent
 * @param logs_per_interval on average over a week, for it is quieter at night
 * @param duration_seconds in simulated time; without it there is no end
 * @param from the first simulated second, now or earlier
 * @param to the last
 * @param speed simulated seconds in a real one, 0 = as many as the intake takes
 * @param seed the same gives the same
 * @param anomalies_per_hour that come by themselves
 */
record StartRequest(
    @Nullable Double interval_seconds,
    @Nullable Double logs_per_interval,
    @Nullable Double duration_seconds,
    @Nullable String from,
    @Nullable String to,
    @Nullable Double speed,
    @Nullable Long seed,
    @Nullable Double anomalies_per_hour) {

  private static final double MAX_LOGS_PER_SECOND = 1_000_000;
  private static final double YEAR = 366 * 86_400.0;

  /** The simulation it asks for. */
  Options options(Instant now, Defaults defaults) {
    double logs =
        number(
            "logs_per_interval",
            logs_per_interval,
            defaults.logsPerSecond() * interval(),
            0.001,
            1e9);
    if (logs / interval() > MAX_LOGS_PER_SECOND) {
      throw HttpProblem.badRequest(
          "logs_per_interval / interval_seconds is %s: must be at most %s a second"
              .formatted(logs / interval(), (long) MAX_LOGS_PER_SECOND));
    }
    return new Options(
        seed == null ? defaults.seed() : seed,
        begin(now),
        logs / interval(),
        number("anomalies_per_hour", anomalies_per_hour, defaults.anomaliesPerHour(), 0, 1000));
  }

  Pace pace(Instant now) {
    double asked = number("speed", speed, 1, 0, 1_000_000);
    return new Pace(begin(now), end(now), asked, now);
  }

  /** Seconds after which what happened is sent. */
  double interval() {
    return number("interval_seconds", interval_seconds, 1, 1, 3600);
  }

  private Instant begin(Instant now) {
    Instant begin = (from == null ? now : time("from", from)).truncatedTo(ChronoUnit.SECONDS);
    if (begin.isAfter(now)) {
      throw HttpProblem.badRequest("from is %s: must not be in the future".formatted(begin));
    }
    return begin;
  }

  private Optional<Instant> end(Instant now) {
    if (to == null && duration_seconds == null) {
      return Optional.empty();
    }
    if (to != null && duration_seconds != null) {
      throw HttpProblem.badRequest("Give to or duration_seconds, not both");
    }
    Instant end =
        to != null
            ? time("to", to)
            : begin(now)
                .plus(
                    Duration.ofMillis(
                        (long) (1000 * number("duration_seconds", duration_seconds, 1, 1, YEAR))));
    if (!end.isAfter(begin(now))) {
      throw HttpProblem.badRequest("to is %s: must be after from".formatted(end));
    }
    return Optional.of(end);
  }

  private static Instant time(String name, String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeParseException broken) {
      throw HttpProblem.badRequest(
          "%s is \"%s\": must be a time such as 2026-08-22T13:00:00Z".formatted(name, text));
    }
  }

  static double number(
      String name, @Nullable Double value, double otherwise, double min, double max) {
    if (value == null) {
      return otherwise;
    }
    if (!(value >= min && value <= max)) {
      throw HttpProblem.badRequest(
          "%s is %s: must be from %s to %s".formatted(name, value, plain(min), plain(max)));
    }
    return value;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}

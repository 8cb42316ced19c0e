package routes.demo.pattern;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import routes.demo.data.Data;

/**
 * Patterns from YAML: {@code {pattern: daily, busiest_hour: 19}}, the name of one that is known, or
 * {@code product} or {@code sum} of several.
 */
public final class PatternReader {

  private static final double EVER = 1e12;

  private final long seed;
  private final Map<String, Pattern> known;

  /**
   * @param seed of the noise
   */
  public PatternReader(long seed) {
    this(seed, Map.of());
  }

  /**
   * @param known patterns that may be named
   */
  public PatternReader(long seed, Map<String, Pattern> known) {
    this.seed = seed;
    this.known = known;
  }

  public Pattern read(Data data) {
    if (!data.isMap() && !known.isEmpty()) {
      return named(data);
    }
    if (data.find("product").isPresent()) {
      return data.only(Set.of("product")).list("product").stream()
          .map(this::read)
          .reduce(Patterns.constant(1), Pattern::times);
    }
    if (data.find("sum").isPresent()) {
      return data.only(Set.of("sum")).list("sum").stream()
          .map(this::read)
          .reduce(Patterns.constant(0), Pattern::plus);
    }
    return single(data);
  }

  private Pattern named(Data name) {
    Pattern pattern = known.get(name.text());
    if (pattern == null) {
      throw name.refused(
          "\"%s\" is not known here; known are %s"
              .formatted(name.text(), String.join(", ", known.keySet())));
    }
    return pattern;
  }

  private Pattern single(Data data) {
    Arguments of = new Arguments(data);
    Pattern pattern =
        switch (data.get("pattern").text()) {
          case "constant" -> Patterns.constant(of.number("level", 1));
          case "ramp" ->
              Patterns.ramp(of.number("from", 0), of.number("to", 1), of.positive("width", 1));
          case "sine" -> Patterns.sine(of.positive("period", 1), of.number("amplitude", 0.5));
          case "daily" -> Patterns.daily(of.number("busiest_hour", 19), of.number("lowest", 0.3));
          case "weekly" -> Patterns.weekly(of.number("weekend", 0.8));
          case "spike" ->
              Patterns.spike(
                  of.number("at", 0.5), of.positive("width", 0.1), of.number("height", 5));
          case "burst" ->
              Patterns.burst(
                  of.positive("every", 0.2),
                  of.positive("width", 0.1),
                  of.number("low", 0),
                  of.number("high", 1));
          case "step" ->
              Patterns.step(of.number("at", 0), of.number("before", 0), of.number("after", 1));
          case "sawtooth" ->
              Patterns.sawtooth(
                  of.positive("period", 1), of.number("low", 0), of.number("high", 1));
          case "noise" ->
              Patterns.noise(of.number("amplitude", 0.1), of.positive("slot", 60), seed);
          case "drift" -> Patterns.drift(of.number("per_week", 0.01), of.number("since", 0));
          case "seasonal" ->
              Patterns.seasonal(
                  of.positive("period", 1),
                  of.number("amplitude", 0.5),
                  of.number("trend_per_week", 0.01),
                  of.number("since", 0));
          default ->
              throw data.get("pattern")
                  .refused(
                      "\"%s\" is no pattern; there are constant, ramp, sine, daily, weekly, spike, burst, step, sawtooth, noise, drift and seasonal"
                          .formatted(data.get("pattern").text()));
        };
    of.refuseTheRest();
    return pattern;
  }

  /** The numbers of one pattern, and which of them were asked for. */
  private static final class Arguments {

    private final Data data;
    private final Set<String> asked = new HashSet<>(Set.of("pattern"));

    Arguments(Data data) {
      this.data = data;
    }

    double number(String name, double otherwise) {
      asked.add(name);
      return data.number(name, otherwise, -EVER, EVER);
    }

    double positive(String name, double otherwise) {
      asked.add(name);
      return data.number(name, otherwise, 1e-6, EVER);
    }

    void refuseTheRest() {
      data.only(asked);
    }
  }
}

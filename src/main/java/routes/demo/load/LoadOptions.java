package routes.demo.load;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import routes.app.Options;
import routes.demo.send.Signal;

/**
 * What a load is to be.
 *
 * @param rate records a second, of all signals together
 * @param batch records in a request, at most
 * @param key empty where none is asked for
 */
record LoadOptions(
    URI url,
    double rate,
    Duration duration,
    Set<Signal> signals,
    int batch,
    long seed,
    Optional<String> key) {

  static final String USAGE =
      """
      java -jar camel-app.jar load [options]
        --url URL         the intake, http://localhost:8004 unless given
        --rate N          records a second, of all signals together (1000)
        --duration N      seconds (30)
        --signals LIST    of logs, traces, metrics (logs)
        --batch N         records in a request, at most, 1 to 1000 (500)
        --seed N          the same gives the same records for the same time (1)
        --api-key KEY     if the intake asks for one\
      """;

  private static final List<String> NAMES =
      List.of("url", "rate", "duration", "signals", "batch", "seed", "api-key");

  /**
   * Reads the arguments after {@code load}.
   *
   * @throws IllegalArgumentException with a sentence about the first that cannot be used
   */
  static LoadOptions parse(List<String> arguments) {
    Map<String, String> given = Options.of(arguments, NAMES);
    return new LoadOptions(
        url(given.getOrDefault("url", "http://localhost:8004")),
        number(given, "rate", 1000, 1, 1_000_000),
        Duration.ofMillis((long) (1000 * number(given, "duration", 30, 1, 86_400))),
        signals(given.getOrDefault("signals", "logs")),
        (int) number(given, "batch", 500, 1, 1000),
        (long) number(given, "seed", 1, 0, 1e15),
        Optional.ofNullable(given.get("api-key")));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException broken) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "--url is \"%s\": must be http:// or https:// with a host".formatted(text));
  }

  private static double number(
      Map<String, String> given, String name, double otherwise, double min, double max) {
    String text = given.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double number = Double.parseDouble(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Refused below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "--%s is \"%s\": must be a number from %s to %s"
            .formatted(name, text, (long) min, (long) max));
  }

  private static Set<Signal> signals(String list) {
    Map<String, Signal> known =
        Arrays.stream(Signal.values()).collect(Collectors.toMap(Signal::label, each -> each));
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    for (String name : list.split(",", -1)) {
      Signal signal = known.get(name.strip());
      if (signal == null) {
        throw new IllegalArgumentException(
            "--signals is \"%s\": must be some of logs, traces, metrics".formatted(list));
      }
      signals.add(signal);
    }
    return signals;
  }
}

package routes.demo.scenario;

import java.util.List;
import java.util.Set;
import routes.demo.data.Data;
import routes.demo.logs.Level;
import routes.demo.logs.LogKind;
import routes.demo.logs.LogKinds;

/**
 * What a fault does to a service at full strength.
 *
 * @param latency how many times as long its own work takes
 * @param errors the share of requests that fail, 0 to 1
 * @param status of those, as HTTP has it
 * @param error the type of what went wrong
 * @param traffic how many times as many requests come to it
 * @param retries how often it calls again what failed
 * @param cpu what is added to the use of its processors, 0 to 1
 * @param memory what is added to the use of its memory, 0 to 1
 * @param queue how many messages wait in it
 * @param clockSkewSeconds how far its clock is ahead; negative = behind
 * @param silence the share of its logs that get lost, 0 to 1
 * @param releases whether it runs another version while it lasts
 * @param says logs that tell of it
 */
public record Effect(
    double latency,
    double errors,
    int status,
    String error,
    double traffic,
    int retries,
    double cpu,
    double memory,
    double queue,
    double clockSkewSeconds,
    double silence,
    boolean releases,
    List<Telltale> says) {

  private static final Set<String> NAMES =
      Set.of(
          "latency",
          "errors",
          "status",
          "error",
          "traffic",
          "retries",
          "cpu",
          "memory",
          "queue",
          "clock_skew_seconds",
          "silence",
          "releases",
          "says");

  /**
   * A log that comes while a fault lasts.
   *
   * @param perMinute how many at full strength
   */
  public record Telltale(LogKind kind, Level level, double perMinute) {

    static Telltale read(Data data, LogKinds kinds) {
      data.only(Set.of("log", "level", "per_minute"));
      return new Telltale(
          kinds.named(data.get("log"), data.get("log").text()),
          data.get("level").oneOf(Level.class),
          data.get("per_minute").number(0, 100_000));
    }
  }

  static Effect read(Data data, LogKinds kinds) {
    data.only(NAMES);
    return new Effect(
        data.number("latency", 1, 1, 1000),
        data.number("errors", 0, 0, 1),
        data.find("status").map(status -> status.whole(400, 599)).orElse(503),
        data.text("error", "ServiceUnavailable"),
        data.number("traffic", 1, 0, 1000),
        data.find("retries").map(retries -> retries.whole(0, 10)).orElse(0),
        data.number("cpu", 0, 0, 1),
        data.number("memory", 0, 0, 1),
        data.number("queue", 0, 0, 1e9),
        data.number("clock_skew_seconds", 0, -86_400, 86_400),
        data.number("silence", 0, 0, 1),
        data.text("releases", "false").equals("true"),
        data.list("says").stream().map(item -> Telltale.read(item, kinds)).toList());
  }

  /** Whether whoever calls the service notices. */
  boolean isFeltByCallers() {
    return errors > 0 || latency > 1;
  }
}

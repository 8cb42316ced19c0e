package routes.demo.scenario;

import java.util.ArrayList;
import java.util.List;
import routes.demo.logs.Level;
import routes.demo.logs.LogKind;

/** How a service fares at a moment, with all anomalies taken together. */
public final class Condition {

  private double latency = 1;
  private double errors;
  private int status = 503;
  private String error = "InternalError";
  private double strongest;
  private double traffic = 1;
  private int retries;
  private double cpu;
  private double memory;
  private double queue;
  private long skewNanos;
  private double silence;
  private final List<Tell> tells = new ArrayList<>();

  /**
   * A log that tells of an anomaly.
   *
   * @param perSecond how many are expected
   */
  public record Tell(LogKind kind, Level level, double perSecond) {}

  /** Adds what an anomaly does at its own place. */
  void add(Effect effect, double strength) {
    addFelt(effect, strength);
    traffic *= 1 + (effect.traffic() - 1) * strength;
    retries = Math.max(retries, (int) Math.round(effect.retries() * strength));
    memory += effect.memory() * strength;
    skewNanos += Math.round(effect.clockSkewSeconds() * 1e9 * strength);
    silence = Math.max(silence, effect.silence() * strength);
    effect
        .says()
        .forEach(
            says ->
                tells.add(new Tell(says.kind(), says.level(), says.perMinute() * strength / 60)));
  }

  /** Adds what reaches other services: their work takes longer, piles up and fails. */
  void addFelt(Effect effect, double strength) {
    latency *= 1 + (effect.latency() - 1) * strength;
    double failing = effect.errors() * strength;
    errors = 1 - (1 - errors) * (1 - failing);
    if (failing > strongest) {
      strongest = failing;
      status = effect.status();
      error = effect.error();
    }
    cpu += effect.cpu() * strength;
    queue += effect.queue() * strength;
  }

  public double latency() {
    return latency;
  }

  public double errors() {
    return errors;
  }

  /** Of requests that fail. */
  public int status() {
    return status;
  }

  /** The type of what goes wrong. */
  public String error() {
    return error;
  }

  public double traffic() {
    return traffic;
  }

  public int retries() {
    return retries;
  }

  public double cpu() {
    return cpu;
  }

  public double memory() {
    return memory;
  }

  public double queue() {
    return queue;
  }

  public long skewNanos() {
    return skewNanos;
  }

  public double silence() {
    return silence;
  }

  public List<Tell> tells() {
    return tells;
  }
}

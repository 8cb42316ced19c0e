package routes.demo.simulation;

import java.util.List;
import routes.demo.people.Instance;
import routes.demo.scenario.Condition;
import routes.demo.town.Service;

/** Counts what a service does, from one measurement to the next. Not thread-safe. */
public final class Meter {

  /** In seconds, as OpenTelemetry advises for the durations of requests. */
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
  };

  private static final double DAY = 86_400e9;

  private final Service service;
  private long[] buckets = new long[BOUNDS.length + 1];
  private long requests;
  private long failed;
  private double seconds;

  Meter(Service service) {
    this.service = service;
  }

  public static double[] bounds() {
    return BOUNDS.clone();
  }

  void count(long nanos, boolean failure) {
    requests++;
    failed += failure ? 1 : 0;
    seconds += nanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos / 1e9 > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket]++;
  }

  /** What was counted since the last time. */
  Measurement take(long startNanos, long endNanos, List<Instance> instances, Condition condition) {
    double perSecond = requests / ((endNanos - startNanos) / 1e9) / instances.size();
    List<Measurement.Usage> usages =
        instances.stream().map(each -> usage(each, perSecond, endNanos, condition)).toList();
    Measurement taken =
        new Measurement(
            service,
            startNanos,
            endNanos,
            requests,
            failed,
            buckets,
            seconds,
            usages,
            service.queue() ? Math.rint(perSecond + condition.queue()) : 0);
    buckets = new long[BOUNDS.length + 1];
    requests = 0;
    failed = 0;
    seconds = 0;
    return taken;
  }

  /** Memory grows by a fifth in a day, after which an instance was restarted, each at its time. */
  private Measurement.Usage usage(
      Instance instance, double perSecond, long nanos, Condition condition) {
    double offset = (instance.name().hashCode() & 0xFFFF) / 65_536.0;
    double age = nanos / DAY + offset;
    double ripple = 0.02 * Math.sin(nanos / 7e11 + 10 * offset);
    double cpu = service.cpu() + ripple + service.cost() * perSecond + condition.cpu();
    double memory = service.memory() + 0.2 * (age - Math.floor(age)) + condition.memory();
    return new Measurement.Usage(instance, within(cpu), within(memory));
  }

  private static double within(double share) {
    return Math.min(0.995, Math.max(0.005, share));
  }
}

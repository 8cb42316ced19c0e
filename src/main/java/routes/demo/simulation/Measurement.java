package routes.demo.simulation;

import java.util.List;
import routes.demo.people.Instance;
import routes.demo.town.Service;

/**
 * The metrics of a service over an interval.
 *
 * @param requests spans that began in it, those that failed included
 * @param failed spans of them that failed
 * @param buckets how many took how long; one more than there are {@link Meter#bounds()}
 * @param seconds that all of them took together
 * @param instances what each uses
 * @param queue messages that wait at its end
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares measurements, or changes one.
public record Measurement(
    Service service,
    long startNanos,
    long endNanos,
    long requests,
    long failed,
    long[] buckets,
    double seconds,
    List<Usage> instances,
    double queue) {

  /**
   * What an instance uses.
   *
   * @param cpu 0 to 1
   * @param memory 0 to 1
   */
  public record Usage(Instance instance, double cpu, double memory) {}

  /** How many data points it has. */
  public int points() {
    return 3 + 2 * instances.size() + (service.queue() ? 1 : 0);
  }
}

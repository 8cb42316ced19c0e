package routes.demo.control;

import java.util.LinkedHashMap;
import java.util.Map;
import routes.demo.scenario.Label;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Output;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;

/** Passes on what a simulation says, and remembers how the services fare. Not thread-safe. */
final class Watch implements Output {

  private final Output next;
  private final Map<String, Fare> services = new LinkedHashMap<>();
  private final long[] counts = new long[3];

  /**
   * How a service fared lately, as its metrics say.
   *
   * @param rate requests a second
   * @param failed the share of them that failed, 0 to 1
   * @param latency seconds on average
   * @param cpu of its instances on average, 0 to 1
   * @param memory likewise
   */
  record Fare(double rate, double failed, double latency, double cpu, double memory, double queue) {

    static Fare of(Measurement measured) {
      double seconds = (measured.endNanos() - measured.startNanos()) / 1e9;
      double requests = Math.max(1, measured.requests());
      return new Fare(
          measured.requests() / seconds,
          measured.failed() / requests,
          measured.seconds() / requests,
          measured.instances().stream().mapToDouble(each -> each.cpu()).average().orElse(0),
          measured.instances().stream().mapToDouble(each -> each.memory()).average().orElse(0),
          measured.queue());
    }
  }

  /** What was said so far. */
  record Said(long logs, long spans, long points) {}

  Watch(Output next) {
    this.next = next;
  }

  @Override
  public void log(Service service, Text line) {
    counts[0]++;
    next.log(service, line);
  }

  @Override
  public void label(Label label) {
    counts[0]++;
    next.label(label);
  }

  @Override
  public void span(Span span) {
    counts[1]++;
    next.span(span);
  }

  @Override
  public void measurement(Measurement measurement) {
    counts[2] += measurement.points();
    services.put(measurement.service().name(), Fare.of(measurement));
    next.measurement(measurement);
  }

  Map<String, Fare> services() {
    return new LinkedHashMap<>(services);
  }

  Said said() {
    return new Said(counts[0], counts[1], counts[2]);
  }
}

package routes.dashboard.stats;

import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What the pipeline measures of itself. A meter that is not there, because this process does not do
 * that part, counts as nothing. Thread-safe.
 */
public final class Meters {

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A counter or gauge over all its tags. */
  public double sum(String name) {
    return values(name).sum();
  }

  /** The highest of a gauge's tags; empty when there is none. */
  public OptionalDouble max(String name) {
    return values(name).max();
  }

  /**
   * A value and the tags of its meter.
   *
   * @param tags by name
   */
  public record Tagged(Map<String, String> tags, double value) {}

  /** The values with their tags. */
  public List<Tagged> all(String name) {
    return meters(name).stream()
        .filter(meter -> Double.isFinite(valueOf(meter)))
        .map(meter -> new Tagged(tags(meter), valueOf(meter)))
        .toList();
  }

  private static Map<String, String> tags(Meter meter) {
    return meter.getId().getTags().stream().collect(toMap(Tag::getKey, Tag::getValue));
  }

  /** The values by one of the tags. */
  public SortedMap<String, Double> by(String name, String tag) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Meter meter : meters(name)) {
      String value = meter.getId().getTag(tag);
      if (value != null && Double.isFinite(valueOf(meter))) {
        values.merge(value, valueOf(meter), Double::sum);
      }
    }
    return values;
  }

  private DoubleStream values(String name) {
    return meters(name).stream().mapToDouble(Meters::valueOf).filter(Double::isFinite);
  }

  private Collection<Meter> meters(String name) {
    return registry.find(name).meters();
  }

  /** A gauge whose subject is gone is not a number. */
  private static double valueOf(Meter meter) {
    for (Measurement measurement : meter.measure()) {
      return measurement.getValue();
    }
    return Double.NaN;
  }
}

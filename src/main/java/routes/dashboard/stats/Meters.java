package routes.dashboard.stats;

import static java.util.stream.Collectors.toMap;

import com.google.errorprone.annotations.ThreadSafe;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import routes.signal.Layer;

/**
 * What the pipeline measures of itself. A meter that is not there, because this process does not do
 * that part, counts as nothing; of delivery the raw layer counts, where nothing else is said.
 */
@ThreadSafe
public final class Meters {

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A counter or gauge over all its tags. */
  public double sum(String name) {
    return all(name).stream().mapToDouble(Tagged::value).sum();
  }

  /**
   * A value and the tags of its meter.
   *
   * @param tags by name
   */
  public record Tagged(Map<String, String> tags, double value) {}

  /** The values with their tags. */
  public List<Tagged> all(String name) {
    return tagged(meters(name));
  }

  /** Those of every layer. */
  public List<Tagged> ofAllLayers(String name) {
    return tagged(registry.find(name).meters().stream());
  }

  private static List<Tagged> tagged(Stream<Meter> meters) {
    return meters
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
    for (Tagged meter : all(name)) {
      String value = meter.tags().get(tag);
      if (value != null) {
        values.merge(value, meter.value(), Double::sum);
      }
    }
    return values;
  }

  private Stream<Meter> meters(String name) {
    return registry.find(name).meters().stream()
        .filter(
            meter -> {
              String layer = meter.getId().getTag("layer");
              return layer == null || layer.equals(Layer.RAW.word());
            });
  }

  /** A gauge whose subject is gone is not a number. */
  private static double valueOf(Meter meter) {
    for (Measurement measurement : meter.measure()) {
      return measurement.getValue();
    }
    return Double.NaN;
  }
}

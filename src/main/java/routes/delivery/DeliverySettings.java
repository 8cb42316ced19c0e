package routes.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import routes.settings.Cloud;
import routes.settings.SettingsReader;
import routes.spool.SpoolSettings;

/**
 * How streams are delivered.
 *
 * @param layers in which forms, the raw one first
 * @param spool for all layers
 * @param dedupeWindow zero = nothing is dropped as a duplicate
 * @param checkpointInterval between two checkpoints of a shard whose delivery moves on
 * @param acceptsSettingsChange whether unfinished objects may be doubled after a change of settings
 * @param acceptsUnconditionalPuts whether to deliver to a store that ignores If-None-Match
 */
public record DeliverySettings(
    List<LayerSettings> layers,
    SpoolSettings spool,
    Duration dedupeWindow,
    Duration checkpointInterval,
    boolean acceptsSettingsChange,
    boolean acceptsUnconditionalPuts) {

  public DeliverySettings {
    layers = List.copyOf(layers);
  }

  /**
   * Reads them.
   *
   * @param cloud where AWS is; objects of the embedded one are closed sooner where nothing is said
   */
  public static DeliverySettings from(SettingsReader reader, Cloud cloud) {
    SpoolSettings spool = SpoolSettings.from(reader);
    boolean spools = spool.dir().isPresent();
    List<LayerSettings> layers = new ArrayList<>(List.of(LayerSettings.raw(reader, cloud, spools)));
    LayerSettings batch = LayerSettings.batch(reader, spools);
    if (reader.value("batch.enabled").flag()) {
      layers.add(batch);
    }
    return new DeliverySettings(
        layers,
        spool,
        reader.value("delivery.dedupe-window-ms").millis(0, Duration.ofHours(1).toMillis()),
        reader.value("delivery.checkpoint-interval-ms").millis(100, 600_000),
        reader.value("delivery.accept-settings-change").flag(),
        reader.value("delivery.accept-unconditional-puts").flag());
  }
}

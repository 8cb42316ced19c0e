package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.stream.ShardStatus;

/**
 * Meters of each shard that this process reads for a layer, or could read while it has none. Shards
 * come and go, so {@link #refresh} is to be called now and then.
 */
public final class ShardMeters {

  private final DeliveryProgress progress;
  private final Layer layer;
  private final Signals signals;
  private final MultiGauge lag;
  private final MultiGauge blocked;
  private final MultiGauge retention;
  private final MultiGauge window;

  public ShardMeters(
      Layer layer,
      Signals signals,
      DeliveryProgress progress,
      LongSupplier gaps,
      MeterRegistry registry) {
    this.layer = layer;
    this.signals = signals;
    this.progress = progress;
    Metric.DELIVERY_GAPS
        .counter(gaps, LongSupplier::getAsLong)
        .tag("layer", layer.word())
        .register(registry);
    lag = gauges(Metric.DELIVERY_LAG, registry);
    blocked = gauges(Metric.DELIVERY_BLOCKED, registry);
    retention = gauges(Metric.DELIVERY_RETENTION_USED, registry);
    window = gauges(Metric.DELIVERY_DEDUPE_WINDOW, registry);
  }

  private MultiGauge gauges(Metric metric, MeterRegistry registry) {
    return metric.gauges().tag("layer", layer.word()).register(registry);
  }

  /** Takes over the shards and values of this moment. */
  public void refresh() {
    List<ShardStatus> shards = progress.shards();
    List<ShardStatus> unread = progress.unread();
    lag.register(both(shards, unread, shard -> seconds(shard.lag())), true);
    retention.register(both(shards, unread, ShardStatus::retentionUsed), true);
    blocked.register(
        Stream.concat(
                rows(shards, shard -> seconds(progress.blocked(shard))),
                rows(unread, shard -> seconds(progress.blocked())))
            .toList(),
        true);
    window.register(rows(shards, shard -> shard.windowMillis() / 1000.0).toList(), true);
  }

  private List<Row<?>> both(
      List<ShardStatus> read, List<ShardStatus> unread, ToDoubleFunction<ShardStatus> value) {
    return Stream.concat(rows(read, value), rows(unread, value)).toList();
  }

  private Stream<Row<?>> rows(List<ShardStatus> shards, ToDoubleFunction<ShardStatus> value) {
    return shards.stream()
        .map(
            shard ->
                Row.of(
                    Tags.of(
                        "shard",
                        shard.shard().shard(),
                        "signal",
                        signals.of(shard.shard().stream()).signal().word()),
                    value.applyAsDouble(shard)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}

package routes.signals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import routes.shards.ShardStatus;

/**
 * Meters of each shard that this process reads. Shards come and go, so {@link #refresh} is to be
 * called now and then.
 */
public final class ShardMeters {

  private final DeliveryProgress progress;
  private final MultiGauge lag;
  private final MultiGauge blocked;
  private final MultiGauge window;

  public ShardMeters(DeliveryProgress progress, MeterRegistry registry) {
    this.progress = progress;
    this.lag = gauge("delivery.lag", "Age of the oldest record not delivered yet", registry);
    this.blocked =
        gauge(
            "delivery.blocked",
            "For how long the oldest thing has been tried that keeps the shard from moving on",
            registry);
    this.window =
        gauge(
            "delivery.dedupe.window",
            "How far back copies are recognised; less than DEDUPE_WINDOW_MS when memory is short",
            registry);
  }

  /** Takes over the shards and values of this moment. */
  public void refresh() {
    List<ShardStatus> shards = progress.shards();
    lag.register(rows(shards, ShardStatus::lag), true);
    blocked.register(rows(shards, progress::blocked), true);
    window.register(rows(shards, shard -> Duration.ofMillis(shard.windowMillis())), true);
  }

  private static List<Row<?>> rows(
      List<ShardStatus> shards, Function<ShardStatus, Duration> value) {
    return shards.stream()
        .<Row<?>>map(
            shard ->
                Row.of(
                    Tags.of("shard", shard.shard().shard()),
                    value.apply(shard).toMillis() / 1000.0))
        .toList();
  }

  private static MultiGauge gauge(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder(name).description(description).baseUnit("seconds").register(registry);
  }
}

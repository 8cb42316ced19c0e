package routes.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import routes.signal.Signals;
import routes.stream.ReadingStatus;
import routes.stream.ShardStatus;

/**
 * How far figures are behind, for each shard that this process counts. Shards come and go, so
 * {@link #refresh} is to be called now and then.
 */
final class FiguresMeters {

  private final Supplier<ReadingStatus> reading;
  private final Signals signals;
  private final MultiGauge lag;

  FiguresMeters(Supplier<ReadingStatus> reading, Signals signals, MeterRegistry registry) {
    this.reading = reading;
    this.signals = signals;
    lag = Metric.FIGURES_LAG.gauges().register(registry);
  }

  /** Takes over the shards and values of this moment. */
  void refresh() {
    List<Row<?>> rows = new ArrayList<>();
    for (ShardStatus shard : reading.get().shards()) {
      rows.add(
          Row.of(
              Tags.of(
                  "shard",
                  shard.shard().shard(),
                  "signal",
                  signals.of(shard.shard().stream()).signal().word()),
              shard.lag().toMillis() / 1000.0));
    }
    lag.register(rows, true);
  }
}

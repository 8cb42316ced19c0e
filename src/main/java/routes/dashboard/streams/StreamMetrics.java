package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import routes.dashboard.overview.Summary;
import routes.dashboard.stats.Series;
import routes.http.api.Request;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What this process sees of a stream's traffic. */
@ThreadSafe
public final class StreamMetrics {

  private final KinesisClient kinesis;
  private final Signals signals;
  private final Supplier<Summary> summary;

  public StreamMetrics(KinesisClient kinesis, Signals signals, Supplier<Summary> summary) {
    this.kinesis = kinesis;
    this.signals = signals;
    this.summary = summary;
  }

  /**
   * A stream's traffic.
   *
   * @param measured whether this process publishes to it or delivers from it; if not, all that
   *     follows is empty
   * @param rates per second
   * @param totals since the start of this process
   */
  record Metrics(
      String stream,
      int openShards,
      boolean measured,
      Map<Series, Double> rates,
      Map<Series, Double> totals,
      List<Summary.ShardState> shards) {}

  /** The traffic of the stream in the path. */
  public Object metrics(Request request) {
    String name = request.path("name");
    int shards =
        kinesis
            .describeStreamSummary(r -> r.streamName(name))
            .streamDescriptionSummary()
            .openShardCount();
    if (!signals.streams().contains(name)) {
      return new Metrics(name, shards, false, Map.of(), Map.of(), List.of());
    }
    Summary now = summary.get();
    String signal = signals.of(name).signal().word();
    return new Metrics(
        name,
        shards,
        true,
        now.rates(),
        now.totals(),
        now.shards().stream().filter(shard -> shard.signal().equals(signal)).toList());
  }
}

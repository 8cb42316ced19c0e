package routes.dashboard.streams;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import routes.dashboard.overview.Summary;
import routes.dashboard.stats.Series;
import routes.dashboard.web.Request;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What this process sees of a stream's traffic. Thread-safe. */
public final class StreamMetrics {

  private final KinesisClient kinesis;
  private final String logsStream;
  private final Supplier<Summary> summary;

  public StreamMetrics(KinesisClient kinesis, String logsStream, Supplier<Summary> summary) {
    this.kinesis = kinesis;
    this.logsStream = logsStream;
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
    if (!name.equals(logsStream)) {
      return new Metrics(name, shards, false, Map.of(), Map.of(), List.of());
    }
    Summary now = summary.get();
    return new Metrics(name, shards, true, now.rates(), now.totals(), now.shards());
  }
}

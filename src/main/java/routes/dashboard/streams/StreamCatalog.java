package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.List;
import routes.http.api.Page;
import routes.http.api.Request;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;

/** Which streams there are and how they are cut. */
@ThreadSafe
public final class StreamCatalog {

  private final KinesisClient kinesis;
  private final Signals signals;

  public StreamCatalog(KinesisClient kinesis, Signals signals) {
    this.kinesis = kinesis;
    this.signals = signals;
  }

  /** The streams by name. */
  public Object list(Request request) {
    // Each takes a call of which AWS allows 20 a second.
    int limit = request.limit(10, 20);
    ListStreamsResponse found =
        kinesis.listStreams(
            list -> list.limit(limit).exclusiveStartStreamName(request.page().orElse(null)));
    List<StreamView> streams = found.streamNames().stream().map(this::view).toList();
    boolean more = found.hasMoreStreams() && !streams.isEmpty();
    return new Page<>(streams, more ? streams.get(streams.size() - 1).name() : null);
  }

  /** One stream. */
  public Object stream(Request request) {
    return view(request.path("name"));
  }

  /** A stream's shards, closed ones too as long as Kinesis remembers them. */
  public Object shards(Request request) {
    int limit = request.limit(100, 1000);
    ListShardsRequest.Builder list = ListShardsRequest.builder().maxResults(limit);
    request.page().ifPresentOrElse(list::nextToken, () -> list.streamName(request.path("name")));
    ListShardsResponse found = kinesis.listShards(list.build());
    return new Page<>(found.shards().stream().map(ShardView::of).toList(), found.nextToken());
  }

  private StreamView view(String name) {
    return StreamView.of(
        kinesis.describeStreamSummary(r -> r.streamName(name)).streamDescriptionSummary(), signals);
  }
}

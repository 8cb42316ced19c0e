package routes.kinesis.read;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.ResourceSettings;
import routes.envelope.EnvelopeReader;
import routes.record.RecordParsers;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.stream.ReadingStatus;

/** Reading the stream, each shard from where its delivery is. */
public final class ShardsPart implements Part {

  private final ResourceSettings resources;
  private final KinesisShardsComponent shards;

  /**
   * @param parsers of what is on the streams
   * @param layers those that are delivered
   */
  public ShardsPart(
      ResourceSettings resources,
      SharedReads reads,
      RecordParsers parsers,
      Map<Layer, LayerReading> layers) {
    this.resources = resources;
    shards =
        new KinesisShardsComponent(
            reads,
            stream -> new EnvelopeReader(parsers.of(resources.signals().of(stream).signal())),
            layers);
  }

  /** What is read for a layer now. */
  public ReadingStatus reading(Layer layer) {
    return shards.status(layer);
  }

  /** How often records were found dropped before a layer had delivered them. */
  public long gaps(Layer layer) {
    return shards.gaps(layer);
  }

  @Override
  public void bind(Main main) {
    main.bind("kinesis-shards", shards);
  }

  @Override
  public String summary() {
    String streams =
        resources.signals().places().stream()
            .map(place -> "%s -> %s".formatted(place.stream(), buckets(place.signal())))
            .collect(joining(", "));
    return "streams    %s (checkpoints in s3://%s, dead letters in %s)"
        .formatted(streams, resources.state(), resources.deadLetterQueue());
  }

  private String buckets(Signal signal) {
    return resources.layers().stream()
        .flatMap(layer -> resources.signals(layer).find(signal).stream())
        .map(place -> "s3://" + place.bucket())
        .collect(joining(" and "));
  }
}

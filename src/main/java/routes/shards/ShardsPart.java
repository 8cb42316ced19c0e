package routes.shards;

import static java.util.stream.Collectors.joining;

import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.envelope.EnvelopeReader;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.record.RecordParsers;

/** Reading the stream, each shard from where its delivery is. */
public final class ShardsPart implements Part {

  private final ResourceSettings resources;
  private final KinesisShardsComponent shards;

  /**
   * @param parsers of what is on the streams
   * @param guard of what unfinished objects began with
   * @param assignments which shards of a stream to read
   * @param closeGroups sends whatever is open of a shard on its way to the lake
   */
  public ShardsPart(
      ResourceSettings resources,
      AwsClients aws,
      RecordParsers parsers,
      SettingsGuard guard,
      DeliveryBuffer buffer,
      Function<String, ShardAssignment> assignments,
      Consumer<ShardId> closeGroups) {
    this.resources = resources;
    shards =
        new KinesisShardsComponent(
            aws.kinesis(),
            stream -> new EnvelopeReader(parsers.of(resources.signals().of(stream).signal())),
            new CheckpointStore(aws.s3(), resources.state(), guard),
            buffer,
            assignments,
            closeGroups);
  }

  /** What is read now. */
  public ReadingStatus reading() {
    return shards.status();
  }

  /** How often records were found dropped before they were delivered. */
  public long gaps() {
    return shards.gaps();
  }

  @Override
  public void bind(Main main) {
    main.bind("kinesis-shards", shards);
  }

  @Override
  public String summary() {
    String streams =
        resources.signals().places().stream()
            .map(place -> "%s -> s3://%s".formatted(place.stream(), place.bucket()))
            .collect(joining(", "));
    return "streams    %s (checkpoints in s3://%s, dead letters in %s)"
        .formatted(streams, resources.state(), resources.deadLetterQueue());
  }
}

package routes.shards;

import java.util.function.Consumer;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.envelope.EnvelopeReader;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.record.RecordParser;

/** Reading the stream, each shard from where its delivery is. */
public final class ShardsPart implements Part {

  private final ResourceSettings resources;
  private final KinesisShardsComponent shards;

  /**
   * @param parser of what is on the stream
   * @param guard of what unfinished objects began with
   * @param assignment which shards to read
   * @param closeGroups sends whatever is open of a shard on its way to the lake
   */
  public ShardsPart(
      ResourceSettings resources,
      AwsClients aws,
      RecordParser parser,
      SettingsGuard guard,
      DeliveryBuffer buffer,
      ShardAssignment assignment,
      Consumer<ShardId> closeGroups) {
    this.resources = resources;
    shards =
        new KinesisShardsComponent(
            aws.kinesis(),
            new EnvelopeReader(parser),
            new CheckpointStore(aws.s3(), resources.state(), guard),
            buffer,
            assignment,
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
    return "stream     %s -> s3://%s (checkpoints in s3://%s, dead letters in %s)"
        .formatted(
            resources.stream(), resources.lake(), resources.state(), resources.deadLetterQueue());
  }
}

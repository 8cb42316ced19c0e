package routes.shards;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import routes.envelope.EnvelopeReader;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Makes {@code kinesis-shards:<stream name>} endpoints. */
public final class KinesisShardsComponent extends DefaultComponent {

  private final KinesisClient kinesis;
  private final EnvelopeReader envelopes;
  private final CheckpointStore checkpoints;
  private final DeliveryBuffer buffer;
  private final ShardAssignment assignment;
  private final Consumer<ShardId> closeGroups;
  private final Gaps gaps = new Gaps();
  private final Set<KinesisShardsConsumer> consumers = ConcurrentHashMap.newKeySet();

  /**
   * @param envelopes finds what the records of the stream hold
   * @param assignment which shards to read
   * @param closeGroups sends whatever is open of a shard on its way to the lake, or drops it once
   *     the shard's ledger is abandoned
   */
  public KinesisShardsComponent(
      KinesisClient kinesis,
      EnvelopeReader envelopes,
      CheckpointStore checkpoints,
      DeliveryBuffer buffer,
      ShardAssignment assignment,
      Consumer<ShardId> closeGroups) {
    this.kinesis = kinesis;
    this.envelopes = envelopes;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.assignment = assignment;
    this.closeGroups = closeGroups;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String stream, Map<String, Object> parameters)
      throws Exception {
    KinesisShardsEndpoint endpoint = new KinesisShardsEndpoint(uri, this, stream);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** What the consumers of all its routes do now. */
  public ReadingStatus status() {
    return ReadingStatus.of(
        consumers.stream().map(KinesisShardsConsumer::status).toList(), gaps.latest());
  }

  /** How often records were found dropped before they were delivered. */
  public long gaps() {
    return gaps.count();
  }

  Gaps gapsFound() {
    return gaps;
  }

  void add(KinesisShardsConsumer consumer) {
    consumers.add(consumer);
  }

  void remove(KinesisShardsConsumer consumer) {
    consumers.remove(consumer);
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  EnvelopeReader envelopes() {
    return envelopes;
  }

  CheckpointStore checkpoints() {
    return checkpoints;
  }

  DeliveryBuffer buffer() {
    return buffer;
  }

  ShardAssignment assignment() {
    return assignment;
  }

  Consumer<ShardId> closeGroups() {
    return closeGroups;
  }
}

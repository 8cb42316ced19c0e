package routes.shards;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import routes.envelope.EnvelopeReader;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Makes {@code kinesis-shards:<names of streams>} endpoints. */
@Component("kinesis-shards")
public final class KinesisShardsComponent extends DefaultComponent {

  private final KinesisClient kinesis;
  private final Function<String, EnvelopeReader> envelopes;
  private final CheckpointStore checkpoints;
  private final DeliveryBuffer buffer;
  private final Function<String, ShardAssignment> assignments;
  private final Consumer<ShardId> closeGroups;
  private final Gaps gaps = new Gaps();
  private final Set<KinesisShardsConsumer> consumers = ConcurrentHashMap.newKeySet();

  /**
   * @param envelopes finds what the records of a stream hold
   * @param assignments which shards of a stream to read
   * @param closeGroups sends whatever is open of a shard on its way to the lake, or drops it once
   *     the shard's ledger is abandoned
   */
  public KinesisShardsComponent(
      KinesisClient kinesis,
      Function<String, EnvelopeReader> envelopes,
      CheckpointStore checkpoints,
      DeliveryBuffer buffer,
      Function<String, ShardAssignment> assignments,
      Consumer<ShardId> closeGroups) {
    this.kinesis = kinesis;
    this.envelopes = envelopes;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
    this.assignments = assignments;
    this.closeGroups = closeGroups;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String streams, Map<String, Object> parameters)
      throws Exception {
    KinesisShardsEndpoint endpoint = new KinesisShardsEndpoint(uri, this, streams);
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

  EnvelopeReader envelopes(String stream) {
    return envelopes.apply(stream);
  }

  CheckpointStore checkpoints() {
    return checkpoints;
  }

  DeliveryBuffer buffer() {
    return buffer;
  }

  ShardAssignment assignment(String stream) {
    return assignments.apply(stream);
  }

  Consumer<ShardId> closeGroups() {
    return closeGroups;
  }
}

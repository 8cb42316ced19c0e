package routes.shards;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Makes {@code kinesis-shards:<stream name>} endpoints. */
public final class KinesisShardsComponent extends DefaultComponent {

  private final KinesisClient kinesis;
  private final CheckpointStore checkpoints;
  private final DeliveryBuffer buffer;
  private final Set<KinesisShardsConsumer> consumers = ConcurrentHashMap.newKeySet();

  public KinesisShardsComponent(
      KinesisClient kinesis, CheckpointStore checkpoints, DeliveryBuffer buffer) {
    this.kinesis = kinesis;
    this.checkpoints = checkpoints;
    this.buffer = buffer;
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
    return ReadingStatus.of(consumers.stream().map(KinesisShardsConsumer::status).toList());
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

  CheckpointStore checkpoints() {
    return checkpoints;
  }

  DeliveryBuffer buffer() {
    return buffer;
  }
}

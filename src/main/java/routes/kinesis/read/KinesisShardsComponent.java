package routes.kinesis.read;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import routes.envelope.EnvelopeReader;
import routes.signal.Layer;
import routes.stream.ReadingStatus;

/** Makes {@code kinesis-shards:<names of streams>} endpoints. */
@Component("kinesis-shards")
public final class KinesisShardsComponent extends DefaultComponent {

  private final SharedReads reads;
  private final Function<String, EnvelopeReader> envelopes;
  private final Map<Layer, LayerReading> layers;
  private final Set<KinesisShardsConsumer> consumers = ConcurrentHashMap.newKeySet();

  /**
   * @param envelopes finds what the records of a stream hold
   * @param layers those that can be read for
   */
  public KinesisShardsComponent(
      SharedReads reads,
      Function<String, EnvelopeReader> envelopes,
      Map<Layer, LayerReading> layers) {
    this.reads = reads;
    this.envelopes = envelopes;
    this.layers = Map.copyOf(layers);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String streams, Map<String, Object> parameters)
      throws Exception {
    KinesisShardsEndpoint endpoint = new KinesisShardsEndpoint(uri, this, streams);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  /** What the consumers of a layer's routes do now. */
  public ReadingStatus status(Layer layer) {
    return ReadingStatus.of(
        consumers.stream()
            .filter(consumer -> consumer.layer() == layer)
            .map(KinesisShardsConsumer::status)
            .toList(),
        reading(layer).gaps().latest());
  }

  /** How often records were found dropped before the layer had delivered them. */
  public long gaps(Layer layer) {
    return reading(layer).gaps().count();
  }

  void add(KinesisShardsConsumer consumer) {
    consumers.add(consumer);
  }

  void remove(KinesisShardsConsumer consumer) {
    consumers.remove(consumer);
  }

  SharedReads reads() {
    return reads;
  }

  EnvelopeReader envelopes(String stream) {
    return envelopes.apply(stream);
  }

  LayerReading reading(Layer layer) {
    LayerReading reading = layers.get(layer);
    if (reading == null) {
      throw new IllegalArgumentException(
          "layer=%s: this process does not deliver it; set what switches it on or take the route away"
              .formatted(layer.word()));
    }
    return reading;
  }
}

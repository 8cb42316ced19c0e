package routes.kinesis.read;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import routes.ledger.WindowMemory;
import routes.signal.Layer;

/** Reads all shards of some streams. Consumers only: the component aws2-kinesis puts records. */
@UriEndpoint(
    scheme = "kinesis-shards",
    title = "Kinesis Shards",
    syntax = "kinesis-shards:streams",
    firstVersion = "0.1.0",
    consumerOnly = true)
public final class KinesisShardsEndpoint extends DefaultEndpoint {

  /** In place of the name of a stream that is not wanted. */
  private static final String OFF = "off";

  @UriPath(description = "The names of the streams, separated by commas; off is none")
  @Metadata(required = true)
  private final String streams;

  @UriParam private Layer layer = Layer.RAW;
  @UriParam private int batchSize = 10_000;
  @UriParam private long pollInterval = 200;
  @UriParam private long checkpointInterval = 1_000;
  @UriParam private long dedupeWindow = 60_000;

  KinesisShardsEndpoint(String uri, KinesisShardsComponent component, String streams) {
    super(uri, component);
    this.streams = streams;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    KinesisShardsConsumer consumer =
        new KinesisShardsConsumer(this, processor, (KinesisShardsComponent) getComponent());
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "kinesis-shards only reads; put records with aws2-kinesis");
  }

  @Override
  public boolean isSingletonProducer() {
    return false;
  }

  ShardReader.Settings readerSettings(WindowMemory windows) {
    return new ShardReader.Settings(
        batchSize, pollInterval, Duration.ofMillis(dedupeWindow), windows);
  }

  public String getStreams() {
    return streams;
  }

  /** The names of the streams to read, separated by commas in the URI. */
  List<String> streamNames() {
    return Arrays.stream(streams.split(","))
        .map(String::strip)
        .filter(stream -> !stream.equals(OFF))
        .toList();
  }

  public Layer getLayer() {
    return layer;
  }

  /** The layer whose checkpoints and memory reading goes by. */
  public void setLayer(Layer layer) {
    this.layer = layer;
  }

  public int getBatchSize() {
    return batchSize;
  }

  /** Records asked for per read, 1 to 10,000 (a limit of GetRecords). */
  public void setBatchSize(int batchSize) {
    this.batchSize = batchSize;
  }

  public long getPollInterval() {
    return pollInterval;
  }

  /**
   * Milliseconds between two reads of a shard that has nothing more to give. Kinesis takes five
   * reads a second per shard, hence 200.
   */
  public void setPollInterval(long pollInterval) {
    this.pollInterval = pollInterval;
  }

  public long getDedupeWindow() {
    return dedupeWindow;
  }

  /** Milliseconds within which a second record with the same id is a copy; 0 = never. */
  public void setDedupeWindow(long dedupeWindow) {
    this.dedupeWindow = dedupeWindow;
  }

  public long getCheckpointInterval() {
    return checkpointInterval;
  }

  /** Milliseconds between two checkpoints of a shard whose delivery has moved on. */
  public void setCheckpointInterval(long checkpointInterval) {
    this.checkpointInterval = checkpointInterval;
  }
}

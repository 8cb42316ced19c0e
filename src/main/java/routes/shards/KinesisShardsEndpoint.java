package routes.shards;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import routes.ledger.DeliveryBuffer;

/** Reads all shards of one stream. Consumers only: records are put with {@code aws2-kinesis}. */
@UriEndpoint(
    scheme = "kinesis-shards",
    title = "Kinesis Shards",
    syntax = "kinesis-shards:stream",
    firstVersion = "0.1.0",
    consumerOnly = true)
public final class KinesisShardsEndpoint extends DefaultEndpoint {

  @UriPath private final String stream;
  @UriParam private int batchSize = 10_000;
  @UriParam private long pollInterval = 200;
  @UriParam private long checkpointInterval = 1_000;
  @UriParam private long dedupeWindow = 60_000;

  KinesisShardsEndpoint(String uri, KinesisShardsComponent component, String stream) {
    super(uri, component);
    this.stream = stream;
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
        "kinesis-shards only reads; put records with aws2-kinesis:" + stream);
  }

  @Override
  public boolean isSingletonProducer() {
    return false;
  }

  /** A shard's window may take a quarter of what the records under way may. */
  ShardReader.Settings readerSettings(DeliveryBuffer buffer) {
    return new ShardReader.Settings(
        batchSize, pollInterval, Duration.ofMillis(dedupeWindow), buffer.limit() / 4);
  }

  public String getStream() {
    return stream;
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

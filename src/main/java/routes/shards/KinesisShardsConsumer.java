package routes.shards;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns each read of each shard into one exchange. Camel stops a route by suspending its consumer,
 * lets the route drain and then stops the consumer and with it the steps of the route; a consumer
 * that cannot be suspended is stopped at once, and the aggregator could not flush what is open. The
 * last checkpoints are written when the consumer is shut down.
 */
final class KinesisShardsConsumer extends DefaultConsumer implements Suspendable {

  private final KinesisShardsComponent component;
  private final KinesisShardsEndpoint endpoint;
  private final ShardCheckpoints checkpoints;
  private volatile @Nullable ShardCoordinator coordinator;

  KinesisShardsConsumer(
      KinesisShardsEndpoint endpoint, Processor processor, KinesisShardsComponent component) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
    this.checkpoints = new ShardCheckpoints(component.checkpoints(), component.buffer());
  }

  ReadingStatus status() {
    ShardCoordinator reading = coordinator;
    return reading == null ? new ReadingStatus(List.of(), List.of()) : reading.status();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    component.add(this);
    startReading();
  }

  @Override
  protected void doSuspend() throws Exception {
    stopReading();
  }

  @Override
  protected void doResume() {
    startReading();
  }

  @Override
  protected void doStop() throws Exception {
    stopReading();
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    checkpoints.close();
    component.remove(this);
    super.doShutdown();
  }

  private void startReading() {
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    ShardCoordinator starting =
        new ShardCoordinator(
            component.kinesis(),
            endpoint.getStream(),
            component.assignment(),
            checkpoints,
            new ShardRelease(checkpoints, component.closeGroups()),
            this::reader,
            reader -> threads.newThread("shard-reader", reader),
            threads.newScheduledThreadPool(this, "shard-timer", 2));
    starting.start(endpoint.getCheckpointInterval());
    coordinator = starting;
  }

  private void stopReading() throws InterruptedException {
    ShardCoordinator stopping = coordinator;
    coordinator = null;
    if (stopping != null) {
      stopping.stop();
    }
  }

  private ShardReader reader(SourceShard shard, List<SourceShard> ancestors) {
    return new ShardReader(
        shard,
        ancestors,
        component.kinesis(),
        checkpoints,
        component.buffer(),
        endpoint.readerSettings(component.buffer()),
        this::route);
  }

  private void route(ShardRecords records) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(records);
      exchange.getMessage().setHeader(Kinesis2Constants.SHARD_ID, records.shard().shard());
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }
}

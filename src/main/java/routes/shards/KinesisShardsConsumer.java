package routes.shards;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import routes.ledger.ShardId;

/**
 * Turns each read of each shard into one exchange. The last checkpoints are written when the route
 * has drained, which is when Camel shuts its consumer down after stopping it.
 */
final class KinesisShardsConsumer extends DefaultConsumer {

  private final KinesisShardsComponent component;
  private final KinesisShardsEndpoint endpoint;
  private final ShardCheckpoints checkpoints;
  private @Nullable ShardCoordinator coordinator;

  KinesisShardsConsumer(
      KinesisShardsEndpoint endpoint, Processor processor, KinesisShardsComponent component) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
    this.checkpoints = new ShardCheckpoints(component.checkpoints(), component.buffer());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    var threads = endpoint.getCamelContext().getExecutorServiceManager();
    ShardCoordinator starting =
        new ShardCoordinator(
            component.kinesis(),
            endpoint.getStream(),
            checkpoints,
            this::reader,
            threads.newCachedThreadPool(this, "shard-reader"),
            threads.newScheduledThreadPool(this, "shard-timer", 2));
    starting.start(endpoint.getCheckpointInterval());
    coordinator = starting;
  }

  @Override
  protected void doStop() throws Exception {
    ShardCoordinator stopping = coordinator;
    if (stopping != null) {
      stopping.stop();
    }
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    checkpoints.close();
    super.doShutdown();
  }

  private ShardReader reader(ShardId shard, List<ShardId> parents) {
    return new ShardReader(
        shard,
        parents,
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

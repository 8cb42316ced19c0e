package routes.delivery;

import java.util.concurrent.ExecutorService;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.app.Part;
import routes.app.Threads;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;

/** From what was read to objects in the lake. */
public final class DeliveryPart implements Part {

  private static final int PUT_THREADS = 8;

  private final ExecutorService putThreads = Threads.pool("put", PUT_THREADS);
  private final AggregateController aggregator = new DefaultAggregateController();
  private final DeliveryCounts counts = new DeliveryCounts();
  private final DeliveryBuffer buffer;
  private final OpenBatches open;
  private final ObjectChains chains;

  public DeliveryPart(DeliverySettings settings) {
    buffer = new DeliveryBuffer(settings.bufferBytes());
    open =
        new OpenBatches(
            buffer,
            new FlushLimits(
                settings.flushBytes(),
                settings.flushRecords(),
                settings.flushInterval().toMillis()));
    chains = new ObjectChains(open, buffer, counts);
    buffer.whenFull(() -> open.closeLargest(aggregator::forceCompletionOfGroup));
  }

  public DeliveryCounts counts() {
    return counts;
  }

  public DeliveryBuffer buffer() {
    return buffer;
  }

  public OpenBatches open() {
    return open;
  }

  public ObjectChains chains() {
    return chains;
  }

  /** Closes what is open of a shard. */
  public void closeAll(ShardId shard) {
    open.closeAll(shard, aggregator::forceCompletionOfGroup);
  }

  @Override
  public void bind(Main main) {
    main.bind("open-batches", open);
    main.bind("object-chains", chains);
    main.bind("put-controller", aggregator);
    main.bind("put-threads", putThreads);
  }

  @Override
  public void close() {
    putThreads.shutdownNow();
  }
}

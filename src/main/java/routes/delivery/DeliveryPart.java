package routes.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.AwsClients;
import routes.cloud.ConditionalPuts;
import routes.cloud.ResourceSettings;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.record.RecordParsers;
import routes.retry.SteadyClock;

/** From what was read to objects in the lake. */
public final class DeliveryPart implements Part {

  private static final int PUT_THREADS = 8;
  private static final int REJECTED_THREADS = 8;

  private final ExecutorService putThreads = Threads.pool("put", PUT_THREADS);
  private final ScheduledExecutorService overdue = Threads.timer("overdue");
  private final ExecutorService rejectedThreads = Threads.pool("rejected", REJECTED_THREADS);
  private final AggregateController aggregator = new DefaultAggregateController();
  private final DeliveryCounts counts = new DeliveryCounts();
  private final DeliveryBuffer buffer;
  private final OpenBatches open;
  private final ObjectChains chains;
  private final ConditionalPuts conditionalPuts;
  private final LakeObjects objects;

  /** Delivery by these settings; {@code parsers} read what is on the streams. */
  public DeliveryPart(
      DeliverySettings settings,
      AwsClients aws,
      ResourceSettings resources,
      RecordParsers parsers) {
    buffer = new DeliveryBuffer(settings.bufferBytes());
    open = new OpenBatches(buffer);
    chains = new ObjectChains(open, buffer, counts);
    conditionalPuts =
        new ConditionalPuts(
            aws.s3(),
            resources.state(),
            !settings.acceptsUnconditionalPuts(),
            SteadyClock.OF_PROCESS);
    objects = new LakeObjects(resources.signals(), format(settings, parsers));
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

  /** Throws when objects cannot be put so that nothing is overwritten. */
  public void requireConditionalPuts() {
    conditionalPuts.require();
  }

  /** Closes what is open of a shard. */
  public void closeAll(ShardId shard) {
    open.closeAll(shard, aggregator::forceCompletionOfGroup);
  }

  @Override
  public void bind(Main main) {
    main.bind("open-batches", open);
    main.bind("object-chains", chains);
    main.bind("lake-objects", objects);
    main.bind("conditional-puts", conditionalPuts);
    main.bind("put-controller", aggregator);
    main.bind("put-threads", putThreads);
    main.bind("rejected-threads", rejectedThreads);
  }

  @Override
  public void started(CamelContext camel) {
    overdue.scheduleWithFixedDelay(
        () -> open.closeOverdue(System.nanoTime(), aggregator::forceCompletionOfGroup),
        1,
        1,
        TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    overdue.shutdownNow();
    putThreads.shutdownNow();
    rejectedThreads.shutdownNow();
  }

  private static ObjectFormat format(DeliverySettings settings, RecordParsers parsers) {
    return switch (settings.format()) {
      case JSONL -> new JsonLines(settings.compression());
      case PARQUET -> new Parquet(parsers);
    };
  }
}

package routes.delivery;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.AggregateController;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import routes.app.Part;
import routes.app.Threads;
import routes.format.JsonLines;
import routes.format.ObjectFormat;
import routes.format.Parquet;
import routes.ledger.DeliveryBuffer;
import routes.ledger.ShardId;
import routes.record.RecordParsers;
import routes.signal.Layer;
import routes.signal.Signals;
import routes.spool.Spool;

/** One layer's way from what was read to batches that are to be put. */
public final class DeliveryPart implements Part {

  private static final int PUT_THREADS = 8;

  /** Of the memory for open objects: while one is encoded its records are held twice. */
  private static final int ENCODING_SHARE = 2;

  private final ExecutorService putThreads;
  private final ScheduledExecutorService overdue;
  private final AggregateController aggregator = new DefaultAggregateController();
  private final Lake lake;

  /**
   * A layer by these settings.
   *
   * @param signals with the layer's buckets
   * @param parsers of what is on the streams
   * @param spool where batches go that outgrow memory, if they may
   */
  public DeliveryPart(
      LayerSettings settings, Signals signals, RecordParsers parsers, Optional<Spool> spool) {
    Layer layer = settings.layer();
    putThreads = Threads.pool(layer.prefixed("put"), PUT_THREADS);
    overdue = Threads.timer(layer.prefixed("overdue"));
    lake =
        new Lake(
            layer,
            signals,
            format(settings, parsers),
            new DeliveryBuffer(settings.bufferBytes()),
            spool);
    lake.buffer().whenFull(() -> lake.open().makeRoom(aggregator::forceCompletionOfGroup));
  }

  public Lake lake() {
    return lake;
  }

  /** Closes what is open of a shard. */
  public void closeAll(ShardId shard) {
    lake.open().closeAll(shard, aggregator::forceCompletionOfGroup);
  }

  @Override
  public void bind(Main main) {
    main.bind(lake.layer().prefixed("partitioner"), new Partitioner(lake));
    main.bind(lake.layer().prefixed("open-batches"), lake.open());
    main.bind(lake.layer().prefixed("put-controller"), aggregator);
    main.bind(lake.layer().prefixed("put-threads"), putThreads);
  }

  @Override
  public void started(CamelContext camel) {
    overdue.scheduleWithFixedDelay(
        () -> lake.open().closeOverdue(System.nanoTime(), aggregator::forceCompletionOfGroup),
        1,
        1,
        TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    overdue.shutdownNow();
    putThreads.shutdownNow();
  }

  private static ObjectFormat format(LayerSettings settings, RecordParsers parsers) {
    return switch (settings.format()) {
      case JSONL -> new JsonLines(settings.compression());
      case PARQUET -> new Parquet(parsers, settings.bufferBytes() / ENCODING_SHARE);
    };
  }
}

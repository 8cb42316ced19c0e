package routes.kinesis.read;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import routes.ledger.WindowMemory;
import routes.signal.Layer;
import routes.stream.ReadingStatus;
import routes.stream.StreamRead;

/**
 * Turns each read of each shard into one exchange. Camel stops a route by suspending its consumer,
 * lets the route drain and then stops the consumer and with it the steps of the route; a consumer
 * that cannot be suspended is stopped at once, and the aggregator could not flush what is open.
 * Checkpoints are written while delivery moves on, also of what drains; the last ones when the
 * consumer is shut down.
 */
final class KinesisShardsConsumer extends DefaultConsumer implements Suspendable {

  /** Of the memory for records under way, what the windows of copies may take beside it. */
  private static final int WINDOW_SHARE = 4;

  /** At least 60,000 records: a buffer that is small, as with a spool, must not make windows so. */
  private static final long LEAST_WINDOW_BYTES = 4L << 20;

  private static final int PAST_SHARE = 8;

  private final KinesisShardsComponent component;
  private final KinesisShardsEndpoint endpoint;
  private final LayerReading reading;
  private final ShardCheckpoints checkpoints;
  private final WindowMemory windows;
  private final PastWindows past;
  private @Nullable ScheduledExecutorService saving;
  private volatile List<ShardCoordinator> coordinators = List.of();

  KinesisShardsConsumer(
      KinesisShardsEndpoint endpoint, Processor processor, KinesisShardsComponent component) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
    this.reading = component.reading(endpoint.getLayer());
    this.checkpoints = new ShardCheckpoints(reading.checkpoints(), reading.buffer());
    this.windows =
        new WindowMemory(Math.max(LEAST_WINDOW_BYTES, reading.buffer().limit() / WINDOW_SHARE));
    this.past = new PastWindows(reading.buffer().limit() / PAST_SHARE);
  }

  Layer layer() {
    return endpoint.getLayer();
  }

  ReadingStatus status() {
    return ReadingStatus.of(
        coordinators.stream().map(ShardCoordinator::status).toList(), List.of());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    component.add(this);
    startSaving();
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
    stopSaving();
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    checkpoints.close();
    component.remove(this);
    super.doShutdown();
  }

  private void startSaving() {
    long interval = endpoint.getCheckpointInterval();
    ScheduledExecutorService timer =
        threads().newSingleThreadScheduledExecutor(this, "shard-checkpoints");
    timer.scheduleWithFixedDelay(checkpoints::save, interval, interval, TimeUnit.MILLISECONDS);
    saving = timer;
  }

  private void stopSaving() {
    if (saving != null) {
      threads().shutdown(saving);
    }
  }

  private void startReading() {
    List<ShardCoordinator> starting =
        endpoint.streamNames().stream().map(this::coordinator).toList();
    starting.forEach(ShardCoordinator::start);
    coordinators = starting;
  }

  private ShardCoordinator coordinator(String stream) {
    return new ShardCoordinator(
        component.reads(),
        stream,
        reading.assignment(stream),
        checkpoints,
        new ShardRelease(checkpoints, reading.closeGroups()),
        this::reader,
        reader -> threads().newThread("shard-reader", reader),
        threads().newSingleThreadScheduledExecutor(this, "shard-assigner"));
  }

  private void stopReading() throws InterruptedException {
    List<ShardCoordinator> stopping = coordinators;
    coordinators = List.of();
    for (ShardCoordinator each : stopping) {
      each.stop();
    }
  }

  private ExecutorServiceManager threads() {
    return endpoint.getCamelContext().getExecutorServiceManager();
  }

  private ShardReader reader(SourceShard shard, List<SourceShard> ancestors) {
    return new ShardReader(
        shard,
        ancestors,
        component.reads(),
        component.envelopes(shard.id().stream()),
        checkpoints,
        reading.buffer(),
        endpoint.readerSettings(windows),
        past,
        reading.gaps(),
        Clock.systemUTC(),
        this::route);
  }

  private void route(StreamRead records) throws Exception {
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

package routes.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.record.LogRecord;
import routes.record.RecordEditor;
import routes.record.RecordParsers;

/** What an operator does with dead letters, on the way that all records take to the stream. */
public final class DeadLetterPart implements Part {

  private static final long LOOK_SECONDS = 15;
  private static final int REJECTED_THREADS = 8;

  private final Runnable requireOpen;
  private final boolean watched;
  private final DeadLetterService service;
  private final QueueWatch watch;
  private final ExecutorService rejectedThreads = Threads.pool("rejected", REJECTED_THREADS);
  private final ExecutorService queueCalls =
      Threads.pool("dead-letter-calls", DeadLetterQueue.CALLS_AT_ONCE);
  private final ExecutorService looks = Threads.pool("dead-letter-look", 1);
  private final ScheduledExecutorService timer = Threads.timer("dead-letter-queue");
  private Optional<ProducerTemplate> routes = Optional.empty();

  /**
   * @param watched whether to look at the queue by itself; the app must be granted that
   * @param requireOpen throws while records are not taken
   */
  public DeadLetterPart(
      ResourceSettings resources,
      AwsClients aws,
      RecordParsers parsers,
      RecordEditor editor,
      boolean watched,
      Runnable requireOpen) {
    this.watched = watched;
    this.requireOpen = requireOpen;
    service =
        new DeadLetterService(
            new DeadLetterQueue(aws.sqs(), resources.deadLetterQueue(), queueCalls),
            new ClaimChecks(aws.s3(), resources.lake()),
            parsers,
            editor,
            this::publish,
            Clock.systemUTC(),
            looks);
    watch = new QueueWatch(service, Clock.systemUTC());
  }

  public DeadLetterService service() {
    return service;
  }

  public QueueWatch watch() {
    return watch;
  }

  @Override
  public void bind(Main main) {
    main.bind("rejected-threads", rejectedThreads);
  }

  @Override
  public void started(CamelContext camel) {
    routes = Optional.of(camel.createProducerTemplate());
    if (watched) {
      var unused = timer.scheduleWithFixedDelay(watch::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void publish(List<LogRecord> records) {
    requireOpen.run();
    Exchange done =
        routes
            .orElseThrow()
            .request("direct:publish", exchange -> exchange.getMessage().setBody(records));
    if (done.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeException(done.getException());
    }
  }

  @Override
  public void beforeStop() {
    timer.shutdownNow();
    routes.ifPresent(
        template -> {
          try {
            template.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public void close() {
    rejectedThreads.shutdownNow();
    looks.shutdownNow();
    queueCalls.shutdownNow();
  }
}

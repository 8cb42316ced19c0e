package routes.inbox;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns each batch of lines into one exchange. A stop lets the lines at hand be published, for as
 * long as Camel gives the route, and only then interrupts them.
 */
final class InboxConsumer extends DefaultConsumer implements Suspendable {

  private static final long STOP_SECONDS = 5;

  private final InboxEndpoint endpoint;
  private final InboxComponent component;
  private @Nullable InboxReader reader;
  private @Nullable ExecutorService thread;

  InboxConsumer(InboxEndpoint endpoint, Processor processor, InboxComponent component) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Inbox.create(endpoint.settings().folder());
    startReading();
  }

  @Override
  protected void doSuspend() {
    if (reader != null) {
      reader.stop();
    }
  }

  @Override
  protected void doResume() throws Exception {
    stopReading();
    startReading();
  }

  @Override
  protected void doStop() throws Exception {
    stopReading();
    super.doStop();
  }

  private void startReading() {
    InboxReader starting =
        new InboxReader(
            () ->
                Inbox.open(
                    endpoint.settings(),
                    component.parsers(),
                    InstantSource.system(),
                    System::nanoTime),
            this::route,
            endpoint.getPollInterval(),
            component::show);
    thread =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "inbox");
    thread.execute(starting);
    reader = starting;
  }

  private void stopReading() throws InterruptedException {
    if (reader == null || thread == null) {
      return;
    }
    reader.stop();
    thread.shutdown();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      thread.shutdownNow();
      var unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
    reader = null;
    thread = null;
  }

  private void route(LineBatch lines) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(lines);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }
}

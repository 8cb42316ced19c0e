package routes.dashboard.overview;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/** The objects this process put last, as Camel tells of what it sent. */
@ThreadSafe
public final class RecentObjects extends EventNotifierSupport {

  private static final int KEPT = 20;

  @GuardedBy("this")
  private final Deque<Delivered> latest = new ArrayDeque<>(KEPT);

  @GuardedBy("this")
  private long count;

  /**
   * An object that was put.
   *
   * @param bytes its size, as it is stored
   */
  public record Delivered(Instant at, String bucket, String key, long bytes) {}

  public RecentObjects() {
    setIgnoreCamelContextEvents(true);
    setIgnoreCamelContextInitEvents(true);
    setIgnoreRouteEvents(true);
    setIgnoreServiceEvents(true);
    setIgnoreStepEvents(true);
    setIgnoreExchangeCreatedEvent(true);
    setIgnoreExchangeCompletedEvent(true);
    setIgnoreExchangeFailedEvents(true);
    setIgnoreExchangeRedeliveryEvents(true);
    // Not those of sending: who ignores them is not told of what was sent either.
    setIgnoreExchangeAsyncProcessingStartedEvents(true);
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSentEvent sent
        && sent.getEndpoint().getEndpointUri().startsWith("aws2-s3:")) {
      note(sent.getExchange());
    }
  }

  /** Only a put that succeeded leaves an ETag. */
  private synchronized void note(Exchange exchange) {
    String key = exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
    String etag = exchange.getMessage().getHeader(AWS2S3Constants.E_TAG, String.class);
    if (key == null || etag == null) {
      return;
    }
    String bucket =
        String.valueOf(exchange.getMessage().getHeader(AWS2S3Constants.OVERRIDE_BUCKET_NAME));
    long bytes = exchange.getMessage().getBody() instanceof byte[] content ? content.length : 0;
    if (latest.size() == KEPT) {
      latest.removeLast();
    }
    latest.addFirst(new Delivered(Instant.now(), bucket, key, bytes));
    count++;
  }

  /** The newest first. */
  synchronized List<Delivered> latest() {
    return List.copyOf(latest);
  }

  /** How many there were since the start. */
  synchronized long count() {
    return count;
  }
}

package routes;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import routes.intake.BodyMemory;
import routes.intake.ContentEncodings;
import routes.intake.DecodedBody;
import routes.intake.HttpProblem;
import routes.intake.RequestBodies;
import routes.intake.RequestHead;
import routes.intake.Segments;
import routes.publish.ByteBudget;

/**
 * Undoes the encoding of request bodies, as {@link ContentEncodings} does, and lets only so many of
 * them through at a time that what is copied of them while they are worked on is bounded.
 * Thread-safe.
 */
public final class BodyDecoding {

  /** A longer body is let through alone. */
  private static final int BYTES_AT_WORK = 16 << 20;

  /** Bodies as most are wait for nobody. */
  private static final int SHORT_BYTES = 64 << 10;

  /** A request waits with its thread, which others may need, such as the health check. */
  private static final long TURN_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ContentEncodings encodings;
  private final BodyMemory memory;
  private final RequestBodies bodies;
  private final ByteBudget work = new ByteBudget(BYTES_AT_WORK);

  /**
   * @param maxBytes the longest body, decompressed
   * @param memory for all bodies
   * @param bodies has them as they came
   */
  public BodyDecoding(int maxBytes, BodyMemory memory, RequestBodies bodies) {
    this.encodings = new ContentEncodings(maxBytes);
    this.memory = memory;
    this.bodies = bodies;
  }

  /**
   * The body as it was before it was encoded, when it is its turn.
   *
   * @param body null = empty; not to be changed any more, as it may be the very bytes returned
   * @throws HttpProblem when there is no memory for it, or no turn for long
   */
  public DecodedBody decode(@Nullable Buffer body, RequestHead request, Exchange exchange)
      throws InterruptedException {
    BodyMemory.Share share = memory.share();
    onDone(exchange, share::release);
    Buffer came = body == null ? Buffer.buffer() : body;
    Segments bytes = bodies.take(came, share).orElseGet(() -> Segments.of(came.getBytes(), share));
    if (ContentEncodings.isEncoded(bytes, request.encoding())) {
      Runnable endOfTurn = turn(bytes.length());
      try {
        Segments decoded = encodings.decode(bytes.join(), request.encoding(), share);
        bytes.drop();
        bytes = decoded;
      } finally {
        endOfTurn.run();
      }
    }
    onDone(exchange, turn(bytes.length()));
    return new DecodedBody(bytes.join(), share);
  }

  private Runnable turn(int length) throws InterruptedException {
    if (length <= SHORT_BYTES) {
      return () -> {};
    }
    ByteBudget.Reservation turn = work.reserve(length, TURN_TIMEOUT_NANOS);
    if (turn == null) {
      throw HttpProblem.busy("Too much is being published; send it again later");
    }
    return turn::release;
  }

  private static void onDone(Exchange exchange, Runnable action) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                action.run();
              }
            });
  }
}

package routes;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import routes.intake.BodyMemory;
import routes.intake.BodyMemoryFullException;
import routes.intake.ContentEncodings;
import routes.publish.ByteBudget;

/**
 * Undoes the encoding of request bodies, as {@link ContentEncodings} does, and lets only so many of
 * them through at a time that their memory is bounded: what they grow to, and what their records
 * take beside them while they are published. Thread-safe.
 */
public final class BodyDecoding {

  /**
   * Records are copied twice, to complete them and to send them, so that much more is taken for
   * each byte. A longer body is let through alone.
   */
  private static final int BYTES_AT_WORK = 16 << 20;

  /** A request waits with its thread, which others may need, such as the health check. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ContentEncodings encodings;
  private final BodyMemory memory;
  private final ByteBudget work = new ByteBudget(BYTES_AT_WORK);

  /**
   * @param maxBytes the longest body, decompressed
   * @param memory for all bodies
   */
  public BodyDecoding(int maxBytes, BodyMemory memory) {
    this.encodings = new ContentEncodings(maxBytes);
    this.memory = memory;
  }

  /**
   * The body as it was before it was encoded, when it is its turn.
   *
   * @param body null = empty; not to be changed any more, as it may be the very bytes returned
   * @param encoding the header's value; null = none
   * @throws BodyMemoryFullException when there is no memory for it, or none for long
   */
  public byte[] decode(@Nullable Buffer body, @Nullable String encoding, Exchange exchange)
      throws InterruptedException {
    BodyMemory.Share share = memory.share();
    onDone(exchange, share::release);
    byte[] decoded = encodings.decode(body == null ? new byte[0] : bytes(body), encoding, share);
    ByteBudget.Reservation turn = work.reserve(decoded.length, PATIENCE_NANOS);
    if (turn == null) {
      throw new BodyMemoryFullException("Too much is being published; send it again later");
    }
    onDone(exchange, turn::release);
    return decoded;
  }

  /** Without a copy where the buffer is one array, as those of the intake's server are. */
  @SuppressWarnings("deprecation") // Any other way copies.
  private static byte[] bytes(Buffer body) {
    ByteBuf bytes = body.getByteBuf();
    boolean whole = bytes.hasArray() && bytes.array().length == bytes.readableBytes();
    return whole ? bytes.array() : body.getBytes();
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

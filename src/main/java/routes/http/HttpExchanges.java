package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import routes.memory.ByteBudget;

/**
 * What routes do with requests: take them and answer them. Of bodies only so many are let through
 * at a time that what is copied of them while they are worked on is bounded.
 */
@ThreadSafe
public final class HttpExchanges {

  /** A longer body is let through alone. */
  private static final int BYTES_AT_WORK = 16 << 20;

  /** Bodies as most are wait for nobody. */
  private static final int SHORT_BYTES = 64 << 10;

  /** A request waits with its thread, which others may need, such as the health check. */
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ContentEncodings encodings;
  private final BodyMemory memory;
  private final RequestBodies bodies;
  private final Problems problems;
  private final ByteBudget work = new ByteBudget(BYTES_AT_WORK);

  /**
   * @param maxBytes the longest body, decompressed
   * @param memory for all bodies
   * @param bodies has them as they came
   */
  public HttpExchanges(int maxBytes, BodyMemory memory, RequestBodies bodies, Problems problems) {
    this.encodings = new ContentEncodings(maxBytes);
    this.memory = memory;
    this.bodies = bodies;
    this.problems = problems;
  }

  /**
   * The request of an exchange, once it is its turn. Of its headers the exchange keeps those that
   * the words of a failure depend on.
   *
   * @throws HttpProblem when its body is not encoded as it says, when there is no memory for it, or
   *     no turn for long
   */
  public Request take(Exchange exchange) throws InterruptedException {
    Message message = exchange.getMessage();
    RequestHead head = RequestHead.of(message.getHeaders());
    message.getHeaders().keySet().removeIf(name -> !RequestHead.isNeededToRefuse(name));
    Segments bytes = bytes(message);
    BodyMemory.Share share = bytes.memory();
    onDone(exchange, share::release);
    if (ContentEncodings.isEncoded(bytes, head.encoding())) {
      Runnable endOfTurn = turn(bytes.length());
      try {
        Segments decoded = encodings.decode(bytes.join(), head.encoding(), share);
        bytes.drop();
        bytes = decoded;
      } finally {
        endOfTurn.run();
      }
    }
    onDone(exchange, turn(bytes.length()));
    return new Request(head, new DecodedBody(bytes.join(), share));
  }

  /** Makes a reply the answer of an exchange, without any header that came with the request. */
  public void reply(Reply reply, Exchange exchange) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.getHeaders().putAll(reply.headers());
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    message.setHeader(Exchange.CONTENT_TYPE, reply.type());
    // Bytes would be read through a stream again, with several turns between threads.
    message.setBody(ByteBuffer.wrap(reply.content()));
  }

  /** Answers with why the exchange failed. */
  public void refuse(Exchange exchange) {
    Map<String, Object> headers = exchange.getMessage().getHeaders();
    reply(
        problems.refuse(
            exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class),
            RequestHead.text(headers, RequestHead.PATH),
            RequestHead.text(headers, RequestHead.TYPE)),
        exchange);
  }

  /** As they were gathered, or else as the exchange has them. */
  private Segments bytes(Message message) {
    if (message instanceof HttpMessage http) {
      Segments gathered = bodies.take(http.getRequest());
      if (gathered != null) {
        message.setBody(null);
        return gathered;
      }
    }
    byte @Nullable [] body = message.getBody(byte[].class);
    return Segments.of(body == null ? new byte[0] : body, memory.share());
  }

  private Runnable turn(int length) throws InterruptedException {
    if (length <= SHORT_BYTES) {
      return () -> {};
    }
    ByteBudget.Reservation turn = work.reserve(length, TURN_NANOS);
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

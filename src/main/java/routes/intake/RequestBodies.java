package routes.intake;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Arrays;

/**
 * Gathers the bodies of requests before their routes take them, in bounded memory and time. Camel's
 * own handler, which bounds the length of each alone, leaves them as they are then. Thread-safe.
 */
public final class RequestBodies {

  private static final byte[] NOTHING = {};

  /** Of who has sent so much, the rest of what was announced is believed. */
  private static final int TRUSTED_BYTES = 1 << 20;

  private final long maxBytes;
  private final BodyMemory memory;
  private final long maxMillis;
  private final RouteHold routes;

  /**
   * Bounds for all requests of a server.
   *
   * @param maxBytes the longest body, as it comes
   * @param memory for all bodies
   * @param maxTime from a request's head to the end of its body
   * @param routes lets requests with their bodies go on
   */
  public RequestBodies(long maxBytes, BodyMemory memory, Duration maxTime, RouteHold routes) {
    this.maxBytes = maxBytes;
    this.memory = memory;
    this.maxMillis = maxTime.toMillis();
    this.routes = routes;
  }

  /**
   * Closes the connection of a request whose body has not come to its end in time, taken or not. It
   * is not answered: a status for this would have some shippers drop what they sent.
   */
  void limitTime(RoutingContext request) {
    HttpServerRequest head = request.request();
    if (hasBody(head)) {
      Vertx vertx = request.vertx();
      long timer = vertx.setTimer(maxMillis, late -> head.connection().close());
      head.end().onComplete(end -> vertx.cancelTimer(timer));
    }
  }

  /** Lets a request go on without its body, which is dropped as it comes. */
  void ignore(RoutingContext request) {
    routes.pass(request, RequestBodies::makeReady);
  }

  /**
   * Camel is to leave the body as it is; and it makes parameters of the URL headers, so that they
   * could say what only a header may.
   */
  private static void makeReady(RoutingContext request) {
    request.queryParams().clear();
    ((RoutingContextInternal) request).visitHandler(RoutingContextInternal.BODY_HANDLER);
  }

  /**
   * Lets a request go on once its body is here. It fails with an {@link HttpProblem} when that is
   * too long, when there is no memory for it, and when it expects what HTTP does not have.
   */
  void gather(RoutingContext request) {
    HttpServerRequest head = request.request();
    if (announcedLength(head) > maxBytes) {
      request.fail(tooLong());
      return;
    }
    String expected = head.getHeader(HttpHeaders.EXPECT);
    if (expected != null && head.version() != HttpVersion.HTTP_1_0) {
      if (!expected.equalsIgnoreCase("100-continue")) {
        request.fail(
            new HttpProblem(417, "Of what may be expected, only 100-continue is understood"));
        return;
      }
      request.response().writeContinue();
    }
    Gathering gathering = new Gathering(request);
    // Called when a response ends, for a client that has gone too.
    request.addBodyEndHandler(end -> gathering.release());
    head.handler(gathering::add)
        .exceptionHandler(fault -> gathering.abandon())
        .endHandler(end -> gathering.end());
  }

  private static HttpProblem tooLong() {
    return HttpProblem.tooLarge("The body is too long; send it in parts");
  }

  private static boolean hasBody(HttpServerRequest head) {
    return announcedLength(head) > 0 || head.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** By the header, or -1. Netty lets no request through whose header is no length. */
  private static long announcedLength(HttpServerRequest head) {
    String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  /** The body of one request; used by the thread of its connection, and released by any. */
  private final class Gathering {

    private final RoutingContext request;
    private final BodyMemory.Share share = memory.share();
    private byte[] bytes = NOTHING;
    private int length;
    private boolean over;

    Gathering(RoutingContext request) {
      this.request = request;
    }

    void add(Buffer part) {
      if (over) {
        return;
      }
      if ((long) length + part.length() > maxBytes) {
        refuse(tooLong());
      } else if (!grow(length + part.length())) {
        refuse(HttpProblem.busy("More requests are coming in than there is memory for"));
      } else {
        part.getBytes(bytes, length);
        length += part.length();
      }
    }

    @SuppressWarnings("deprecation") // Any other way copies.
    void end() {
      if (!over) {
        over = true;
        byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        share.giveBack(bytes.length - length);
        bytes = NOTHING;
        Buffer whole = Buffer.buffer(Unpooled.wrappedBuffer(body));
        routes.pass(
            request,
            ready -> {
              makeReady(ready);
              ((RoutingContextInternal) ready).setBody(whole);
              ready.addBodyEndHandler(end -> release());
            });
      }
    }

    /** The connection is closed, by whichever side. */
    void abandon() {
      if (!over) {
        drop();
      }
    }

    void release() {
      share.release();
    }

    /** Makes room as it is needed: what is announced may never come. */
    private boolean grow(int needed) {
      if (needed <= bytes.length) {
        return true;
      }
      long announced = announcedLength(request.request());
      long most = announced < 0 ? maxBytes : announced;
      // Each growth of a long one wants a new stretch of the heap as long as all of it.
      long wanted = bytes.length < TRUSTED_BYTES ? 2L * bytes.length : most;
      int capacity = Math.toIntExact(Math.max(needed, Math.min(wanted, most)));
      if (!share.take(capacity - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, capacity);
      return true;
    }

    private void refuse(HttpProblem problem) {
      drop();
      request.fail(problem);
    }

    private void drop() {
      over = true;
      bytes = NOTHING;
      release();
    }
  }
}

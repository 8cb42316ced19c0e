package routes.intake;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gathers the bodies of requests before their routes take them, in bounded memory and time. Camel's
 * own handler, which bounds the length of each alone, leaves them as they are then. Thread-safe.
 */
public final class RequestBodies {

  private final long maxBytes;
  private final BodyMemory memory;
  private final long maxMillis;
  private final RouteHold routes;

  /** By what stands for them, which Camel copies on its way. */
  private final Map<Buffer, Segments> gathered = new ConcurrentHashMap<>();

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

  /**
   * The bytes of a body, once; empty where it was not gathered here.
   *
   * @param body as its route has it
   * @param memory holds them from now on
   */
  public Optional<Segments> take(Buffer body, BodyMemory.Share memory) {
    return Optional.ofNullable(gathered.remove(body)).map(bytes -> bytes.heldBy(memory));
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
    private final Segments bytes = new Segments(share);
    private boolean over;

    Gathering(RoutingContext request) {
      this.request = request;
    }

    void add(Buffer part) {
      if (over) {
        return;
      }
      long length = (long) bytes.length() + part.length();
      if (length > maxBytes) {
        refuse(tooLong());
        return;
      }
      try {
        long announced = announcedLength(request.request());
        bytes.add(part, announced < 0 ? maxBytes : announced);
      } catch (HttpProblem full) {
        refuse(full);
      }
    }

    void end() {
      if (!over) {
        over = true;
        routes.pass(request, this::handOver);
      }
    }

    /** Camel gets a few bytes that stand for the body, as it would copy all of it. */
    private void handOver(RoutingContext ready) {
      makeReady(ready);
      Buffer body = Buffer.buffer(UUID.randomUUID().toString());
      gathered.put(body, bytes);
      ((RoutingContextInternal) ready).setBody(body);
      ready.addBodyEndHandler(
          end -> {
            gathered.remove(body);
            release();
          });
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

    private void refuse(HttpProblem problem) {
      drop();
      request.fail(problem);
    }

    private void drop() {
      over = true;
      bytes.drop();
      release();
    }
  }
}

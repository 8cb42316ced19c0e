package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the bodies of requests before their routes take them, in bounded memory and time. Camel's
 * own handler, which bounds the length of each alone, leaves them as they are then.
 */
@ThreadSafe
public final class RequestBodies {

  private final long maxBytes;
  private final BodyMemory memory;
  private final long maxMillis;
  private final RouteHold routes;

  /** Those that are with their routes and that none has taken yet. */
  private final Map<HttpServerRequest, HandedOver> handedOver = new ConcurrentHashMap<>();

  private record HandedOver(RoutingContextInternal request, Segments body) {}

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
      long timer = vertx.setTimer(maxMillis, late -> close(head));
      head.end().onComplete(end -> vertx.cancelTimer(timer));
    }
  }

  /** Of HTTP/2 the stream alone, on whose connection others are, as long as it is not answered. */
  private static void close(HttpServerRequest request) {
    if (!request.response().reset()) {
      request.connection().close();
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
    Gathering gathering = GrpcCall.is(head) ? new CallGathering(request) : new Gathering(request);
    request.addBodyEndHandler(end -> gathering.finish());
    head.handler(gathering::add)
        .exceptionHandler(fault -> gathering.abandon())
        .endHandler(end -> gathering.end());
  }

  static HttpProblem tooLong() {
    return HttpProblem.tooLarge("The body is too long; send it in parts");
  }

  /**
   * The bytes of a body, once; who takes them releases the memory that they hold. Null where they
   * were not gathered here, or the response has ended.
   *
   * @param request as its route has it
   */
  @Nullable Segments take(HttpServerRequest request) {
    HandedOver taken = handedOver.remove(request);
    if (taken == null) {
      return null;
    }
    taken.request.setBody(null);
    return taken.body;
  }

  private static boolean hasBody(HttpServerRequest head) {
    return announcedLength(head) > 0
        || head.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || head.version() == HttpVersion.HTTP_2; // which says so by the end alone
  }

  /** By the header, or -1. Netty lets no request through whose header is no length. */
  private static long announcedLength(HttpServerRequest head) {
    String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  /** The body of one request; used by the thread of its connection. */
  private class Gathering {

    private final RoutingContext request;
    private final Segments bytes = new Segments(memory.share());
    private boolean over;
    private boolean withRoute;

    Gathering(RoutingContext request) {
      this.request = request;
    }

    void add(Buffer part) {
      if (over) {
        return;
      }
      try {
        gather(part);
      } catch (HttpProblem problem) {
        refuse(problem);
      }
    }

    /** Takes the next bytes, or throws an {@link HttpProblem}. */
    void gather(Buffer part) {
      long announced = announcedLength(request.request());
      gather(part, announced < 0 ? maxBytes : announced);
    }

    final void gather(Buffer part, long expected) {
      if ((long) bytes.length() + part.length() > maxBytes) {
        throw tooLong();
      }
      bytes.add(part, expected);
    }

    /** Nothing follows, or throws an {@link HttpProblem}. */
    void requireWhole() {}

    void end() {
      if (over) {
        return;
      }
      try {
        requireWhole();
      } catch (HttpProblem problem) {
        refuse(problem);
        return;
      }
      over = true;
      routes.pass(request, this::handOver);
    }

    /** A route may have the body as Camel's users know it, or take it as it is here. */
    private void handOver(RoutingContext ready) {
      makeReady(ready);
      withRoute = true;
      RoutingContextInternal context = (RoutingContextInternal) ready;
      context.setBody(bytes.view());
      handedOver.put(ready.request(), new HandedOver(context, bytes));
      ready.addBodyEndHandler(
          end -> {
            Segments left = take(ready.request());
            if (left != null) {
              left.drop();
            }
          });
    }

    /** The connection is closed, by whichever side. */
    void abandon() {
      if (!over) {
        drop();
      }
    }

    /** The request is answered, or its client has gone. */
    void finish() {
      if (!withRoute) {
        drop();
      }
    }

    private void refuse(HttpProblem problem) {
      drop();
      request.fail(problem);
    }

    private void drop() {
      over = true;
      bytes.drop();
    }
  }

  /** The message of a gRPC call. */
  private final class CallGathering extends Gathering {

    private final GrpcCall call;

    CallGathering(RoutingContext request) {
      super(request);
      call = new GrpcCall(request.request(), maxBytes);
    }

    @Override
    void gather(Buffer part) {
      gather(call.message(part), call.length());
    }

    @Override
    void requireWhole() {
      call.end();
    }
  }
}

package routes.http.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import routes.http.HttpProblem;

/**
 * The endpoints of a server. Paths are Vert.x's: {@code /api/s3/bucket/:name} has a parameter, and
 * {@code /*} at the end stands for any rest. To be filled by one thread before anything is asked.
 */
public final class Api {

  /** Answers one kind of request. Called by several threads at once, which it may block. */
  @FunctionalInterface
  public interface Endpoint {

    /**
     * Answers one request.
     *
     * @return what is sent as JSON with status 200, an {@link Answer} with another status, or a
     *     {@link Content} that is sent as it is
     * @throws HttpProblem what the client is told instead
     */
    Object answer(Request request) throws Exception;
  }

  /** A body is a record to put or a list of ids, never more than Kinesis takes of a record. */
  private static final int MAX_BODY_BYTES = 2 << 20;

  private final Router router;
  private final WriteGuard writes;
  private final Workers workers;
  private final Map<String, Set<HttpMethod>> methods = new LinkedHashMap<>();

  public Api(Router router, WriteGuard writes, Workers workers) {
    this.router = router;
    this.writes = writes;
    this.workers = workers;
  }

  public Api get(String path, Endpoint endpoint) {
    route(HttpMethod.GET, path)
        .handler(
            request -> {
              if (WebSockets.isAsked(request.request())) {
                WebSockets.open(request, socket -> start(socket, request, endpoint));
              } else {
                start(request, endpoint);
              }
            });
    route(HttpMethod.HEAD, path).handler(request -> start(request, endpoint));
    return this;
  }

  /** A stream that lasts, for which no thread waits. */
  public Api stream(String path, Handler<RoutingContext> handler) {
    route(HttpMethod.GET, path).handler(handler);
    return this;
  }

  /** An endpoint that changes something, and so asks the {@link WriteGuard}. */
  public Api post(String path, Endpoint endpoint) {
    route(HttpMethod.POST, path).handler(this::guardWrite);
    route(HttpMethod.POST, path)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(request -> start(request, endpoint));
    return this;
  }

  /** To be called last: answers other methods with 405 and unknown paths below /api with 404. */
  public void refuseTheRest() {
    methods.forEach(
        (path, known) -> {
          List<String> allowed = known.stream().map(HttpMethod::name).sorted().toList();
          router.route(path).handler(request -> Answers.otherMethod(request, allowed));
        });
    router
        .route("/api/*")
        .handler(
            request ->
                Answers.problem(request, new HttpProblem(404, "There is nothing under this path")));
  }

  private Route route(HttpMethod method, String path) {
    methods.computeIfAbsent(path, ignored -> new LinkedHashSet<>()).add(method);
    return router.route(method, path).failureHandler(Api::failed);
  }

  private void guardWrite(RoutingContext request) {
    Optional<String> objection = writes.objection(request.request());
    if (objection.isPresent()) {
      Answers.problem(request, new HttpProblem(403, objection.get()));
    } else {
      request.next();
    }
  }

  private static void failed(RoutingContext request) {
    int status = request.statusCode();
    if (status == 413) {
      Answers.problem(
          request, new HttpProblem(413, "A body may have %s bytes".formatted(MAX_BODY_BYTES)));
    } else if (status >= 400 && status < 500) {
      Answers.problem(request, new HttpProblem(status, "The request cannot be read"));
    } else {
      Answers.problem(request, Failures.problem(request.failure()));
    }
  }

  private void start(RoutingContext request, Endpoint endpoint) {
    try {
      workers.answer(() -> answer(request, endpoint));
    } catch (RejectedExecutionException busy) {
      Answers.problem(request, Failures.problem(busy));
    }
  }

  private void start(ServerWebSocket socket, RoutingContext request, Endpoint endpoint) {
    try {
      workers.answer(
          () -> WebSockets.answer(socket, workers, () -> endpoint.answer(new Request(request))));
    } catch (RejectedExecutionException busy) {
      WebSockets.refuse(socket, Failures.problem(busy));
    }
  }

  private void answer(RoutingContext request, Endpoint endpoint) {
    try {
      Object body = endpoint.answer(new Request(request));
      if (body instanceof Content content) {
        workers.stream(() -> send(request, content));
      } else if (body instanceof Answer answer) {
        Answers.json(request, answer.status(), answer.body());
      } else {
        Answers.json(request, 200, body);
      }
    } catch (Exception | Error failure) {
      Answers.problem(request, Failures.problem(failure));
    }
  }

  private static void send(RoutingContext request, Content content) {
    try {
      Answers.content(request, content);
    } catch (IOException | UncheckedIOException | CancellationException ended) {
      Connections.cut(request.request());
    } catch (Exception | Error failure) {
      HttpProblem problem = Failures.problem(failure);
      if (request.response().headWritten()) {
        Connections.cut(request.request());
      } else {
        Answers.problem(request, problem);
      }
    }
  }
}

package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import routes.access.Origins;

/**
 * What every request to the intake passes before its route takes it and before its body is read,
 * and what it is answered when no route could.
 */
@ThreadSafe
public final class RequestFilter {

  private final BooleanSupplier serving;
  private final RouteHold routes;
  private final RequestBodies bodies;
  private final Origins origins;
  private final ApiKeys keys;
  private final Problems problems;

  /**
   * @param serving whether all routes run, rather than start or stop
   * @param routes is seen first by every request
   * @param origins whose pages may send records from a browser
   */
  public RequestFilter(
      BooleanSupplier serving,
      RouteHold routes,
      RequestBodies bodies,
      Origins origins,
      ApiKeys keys,
      Problems problems) {
    this.serving = serving;
    this.routes = routes;
    this.bodies = bodies;
    this.origins = origins;
    this.keys = keys;
    this.problems = problems;
  }

  /** Lets a request in once its body is here, if it carries a key where it carries records. */
  public void enter(RoutingContext request) {
    HttpServerRequest head = request.request();
    request.addHeadersEndHandler(ignored -> correctHead(request.response()));
    GrpcReply.prepare(request);
    if (routes.see(request)) {
      return;
    }
    bodies.limitTime(request);
    if (!serving.getAsBoolean()) {
      refuse(
          request, HttpProblem.unavailable("The service is starting or stopping; send it again"));
      return;
    }
    if (isPreflight(head)) {
      answerPreflight(request);
      return;
    }
    if (!HttpMethod.POST.equals(head.method())) {
      bodies.ignore(request);
      return;
    }
    if (!origins.admit(head)) {
      refuse(request, otherSite());
      return;
    }
    if (origins.names(head)) {
      allowPage(request);
    }
    KeyProblem objection = keys.objection(head.headers(), request.queryParams());
    if (objection != null) {
      refuse(request, objection);
      return;
    }
    String type = contentType(head);
    if (type.startsWith("multipart/")) {
      refuse(
          request,
          HttpProblem.unsupported(
              "Forms of several parts are not read; send the records as the body"));
      return;
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      hideForm(head);
    }
    bodies.gather(request);
  }

  /** Answers a request that no route takes, unless by another method. */
  public void answerUnmatched(RoutingContext request, Router router) {
    Set<String> allowed = methods(router, request.normalizedPath());
    if (allowed.isEmpty()) {
      refuse(request, HttpProblem.notFound(request.normalizedPath()));
      return;
    }
    request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    if (HttpMethod.OPTIONS.equals(request.request().method())) {
      request.response().end();
    } else {
      refuse(request, new HttpProblem(405, "Use " + String.join(" or ", allowed)));
    }
  }

  /** Answers a request that failed outside its route; nothing when the client is gone. */
  public void answerFailure(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    Throwable failure = request.failure();
    if (failure instanceof HttpProblem problem) {
      refuse(request, problem);
    } else if (request.statusCode() == 400) {
      refuse(request, new HttpProblem(400, "The request is malformed"));
    } else {
      refuse(request, HttpProblem.unavailable("The request could not be read; send it again"));
    }
  }

  /** Whether a browser asks if a page elsewhere may send a request (Fetch, section 4.8). */
  private static boolean isPreflight(HttpServerRequest head) {
    return HttpMethod.OPTIONS.equals(head.method())
        && head.headers().contains(HttpHeaders.ORIGIN)
        && head.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private void answerPreflight(RoutingContext request) {
    if (!origins.names(request.request())) {
      refuse(request, otherSite());
      return;
    }
    allowPage(request);
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST");
    String wanted = request.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
    response.setStatusCode(204).end();
  }

  private static void allowPage(RoutingContext request) {
    request
        .response()
        .putHeader(
            HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN,
            request.request().getHeader(HttpHeaders.ORIGIN))
        .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
  }

  private static HttpProblem otherSite() {
    return new HttpProblem(
        403, "The request comes from a page of another site, which INGEST_ALLOWED_ORIGINS has not");
  }

  /** The methods that routes take at a path, in alphabetical order. */
  private static Set<String> methods(Router router, String path) {
    Set<String> methods = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && route.getPath() != null && isAt(path, route)) {
        route.methods().forEach(method -> methods.add(method.name()));
      }
    }
    return methods;
  }

  private static boolean isAt(String path, Route route) {
    return path.equals(route.getPath())
        || (!route.isExactPath() && path.startsWith(route.getPath() + "/"));
  }

  private static String contentType(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The body's bytes tell what it is. Read as a form, as {@code curl -d} declares it, there would
   * be no body left.
   */
  private static void hideForm(HttpServerRequest request) {
    request.headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
  }

  /** What a route cannot do: Camel keeps {@code Accept-Encoding} out of its answers. */
  private static void correctHead(HttpServerResponse response) {
    switch (response.getStatusCode()) {
      // Shippers drop what is answered with 500, whatever failed in a route that was edited.
      case 500 -> response.setStatusCode(503);
      case 415 -> response.putHeader(HttpHeaders.ACCEPT_ENCODING, ContentEncodings.ACCEPTED);
      default -> {}
    }
  }

  private void refuse(RoutingContext request, HttpProblem problem) {
    Reply reply =
        problems.refuse(
            problem,
            request.normalizedPath(),
            request.request().getHeader(HttpHeaders.CONTENT_TYPE));
    HttpServerResponse response = request.response();
    reply.headers().forEach(response::putHeader);
    response
        .setStatusCode(reply.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
        .end(Buffer.buffer(reply.content()));
  }
}

package routes.intake;

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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What every request to the intake passes before its route takes it and before its body is read,
 * and what it is answered when no route could. Thread-safe.
 */
public final class IntakeDoor {

  private final BooleanSupplier serving;
  private final RequestBodies bodies;
  private final ApiKeys keys;
  private final Refusals refusals;
  private final IntConsumer refused;

  /**
   * @param serving whether all routes run, rather than start or stop
   * @param refused is told the status of each request that is refused here
   */
  public IntakeDoor(
      BooleanSupplier serving,
      RequestBodies bodies,
      ApiKeys keys,
      Refusals refusals,
      IntConsumer refused) {
    this.serving = serving;
    this.bodies = bodies;
    this.keys = keys;
    this.refusals = refusals;
    this.refused = refused;
  }

  /** Lets a request in once its body is here, if it carries a key where it carries records. */
  public void enter(RoutingContext request) {
    HttpServerRequest head = request.request();
    bodies.limitTime(request);
    if (!serving.getAsBoolean()) {
      refuse(request, 503, "The service is starting or stopping; send it again");
      return;
    }
    if (!HttpMethod.POST.equals(head.method())) {
      bodies.ignore(request);
      return;
    }
    if (!hasKey(request)) {
      return;
    }
    String type = contentType(head);
    if (type.startsWith("multipart/")) {
      refuse(request, 415, "Forms of several parts are not read; send the records as the body");
      return;
    }
    request.addHeadersEndHandler(ignored -> correctHead(request.response()));
    if (type.startsWith("application/x-www-form-urlencoded")) {
      hideForm(head);
    }
    bodies.gather(request);
  }

  /** Answers a request that no route takes, unless by another method. */
  public void answerUnmatched(RoutingContext request, Router router) {
    Set<String> allowed = methods(router, request.normalizedPath());
    if (allowed.isEmpty()) {
      refuse(request, 404, "Nothing is at " + request.normalizedPath());
      return;
    }
    request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    if (HttpMethod.OPTIONS.equals(request.request().method())) {
      request.response().end();
    } else {
      refuse(request, 405, "Use " + String.join(" or ", allowed));
    }
  }

  /** Answers a request that failed outside its route; nothing when the client is gone. */
  public void answerFailure(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    int status = request.statusCode();
    switch (status) {
      case 413 -> refuse(request, 413, "The body is too long; send it in parts");
      case 400, 417 -> refuse(request, status, null);
      case 429 -> refuse(request, 429, "More requests are coming in than there is memory for");
      default -> refuse(request, 503, "The request could not be read; send it again");
    }
  }

  private boolean hasKey(RoutingContext request) {
    switch (keys.check(request.request().headers(), request.queryParams())) {
      case ACCEPTED -> {
        return true;
      }
      case MISSING -> {
        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"camel-app\"");
        refuse(
            request,
            401,
            "A key is needed: Authorization: Bearer <key>, X-API-Key, DD-API-KEY,"
                + " Authorization: Splunk <key>, or Basic with the key as password");
      }
      case WRONG -> refuse(request, 403, "The key is not accepted here");
    }
    return false;
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
    return route.isExactPath() ? path.equals(route.getPath()) : path.startsWith(route.getPath());
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

  private void refuse(RoutingContext request, int status, @Nullable String detail) {
    Reply reply =
        refusals.unrouted(
            request.normalizedPath(),
            request.request().getHeader(HttpHeaders.CONTENT_TYPE),
            status,
            detail);
    refused.accept(status);
    HttpServerResponse response = request.response();
    if (status == 429 || status == 503) {
      response.putHeader("Retry-After", "1");
    }
    response
        .setStatusCode(reply.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
        .end(Buffer.buffer(reply.content()));
  }
}

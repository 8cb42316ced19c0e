package routes.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.util.List;
import routes.http.HttpProblem;
import routes.http.Problems;
import routes.http.Reply;

/** Sends answers, from any thread. */
final class Answers {

  private Answers() {}

  static void json(RoutingContext request, int status, Object body) {
    send(request, new Reply(status, "application/json", Json.bytes(body)));
  }

  static void problem(RoutingContext request, HttpProblem problem) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended() || response.headWritten()) {
      return;
    }
    // The same request may well be answered soon.
    if (problem.status() == 429 || problem.status() == 503) {
      response.putHeader("Retry-After", "1");
    }
    // What an endpoint prepared for another kind of answer.
    response.headers().remove("Content-Disposition");
    send(request, Problems.json(problem));
  }

  /** Refuses a method and tells which there are. */
  static void otherMethod(RoutingContext request, List<String> allowed) {
    request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    problem(request, new HttpProblem(405, "Use " + String.join(" or ", allowed)));
  }

  static void content(RoutingContext request, Content content) throws Exception {
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, content.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    content
        .fileName()
        .ifPresent(name -> response.putHeader("Content-Disposition", attachment(name)));
    if (request.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    ResponseStream out = new ResponseStream(response);
    content.writeTo(out);
    out.close();
  }

  private static void send(RoutingContext request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response
        .setChunked(false)
        .setStatusCode(reply.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(reply.content()));
  }

  /** RFC 6266 with the encoding of RFC 8187, which has no character that needs quoting. */
  private static String attachment(String name) {
    return "attachment; filename*=UTF-8''" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }
}

package routes.intake;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every request to the intake passes before its route takes it, and what it is answered when
 * none could. Thread-safe.
 */
public final class IntakeDoor {

  private final BooleanSupplier serving;

  /**
   * @param serving whether all routes run, rather than start or stop
   */
  public IntakeDoor(BooleanSupplier serving) {
    this.serving = serving;
  }

  /** Lets a request in. */
  public void enter(RoutingContext request) {
    if (!serving.getAsBoolean()) {
      answer(request.response(), 503, "The service is starting or stopping; send it again");
      return;
    }
    request.addHeadersEndHandler(ignored -> correctHead(request.response()));
    hideForm(request.request());
    request.next();
  }

  /** Answers a request that failed outside its route; nothing when the client is gone. */
  public void answerFailure(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    int status = request.statusCode();
    switch (status) {
      case 413 -> answer(response, 413, "The body is too long; send it in parts");
      case 400, 417 -> answer(response, status, null);
      default -> answer(response, 503, "The request could not be read; send it again");
    }
  }

  /**
   * The body's bytes tell what it is. Read as a form, as {@code curl -d} declares it, there would
   * be no body left.
   */
  private static void hideForm(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return;
    }
    String lowerCase = type.strip().toLowerCase(Locale.ROOT);
    if (lowerCase.startsWith("application/x-www-form-urlencoded")
        || lowerCase.startsWith("multipart/")) {
      request.headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    }
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

  private static void answer(HttpServerResponse response, int status, @Nullable String detail) {
    Problem problem = IntakeAnswers.problem(status, detail);
    if (status == 503) {
      response.putHeader("Retry-After", "1");
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .end(
            new JsonObject()
                .put("status", problem.status())
                .put("title", problem.title())
                .put("detail", problem.detail())
                .toBuffer());
  }
}

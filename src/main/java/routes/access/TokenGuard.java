package routes.access;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Asks for the token on every path of an HTTP server, as a bearer token or as the password of
 * {@code Basic}, for which browsers have a dialogue.
 */
@ThreadSafe
public final class TokenGuard implements Handler<RoutingContext> {

  private static final List<String> CHALLENGES =
      List.of("Basic realm=\"camel-app\", charset=\"UTF-8\"", "Bearer realm=\"camel-app\"");

  private final AccessKeys tokens;

  public TokenGuard(AccessKeys tokens) {
    this.tokens = tokens;
  }

  @Override
  public void handle(RoutingContext request) {
    String token = Authorization.key(request.request().getHeader(HttpHeaders.AUTHORIZATION));
    if (!tokens.areNeeded() || (token != null && tokens.contain(token))) {
      request.next();
      return;
    }
    request
        .response()
        .setStatusCode(401)
        .putHeader("WWW-Authenticate", CHALLENGES)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end("The token set as DASHBOARD_TOKEN is needed here\n");
  }
}

package routes.http.api;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import routes.access.AccessKeys;
import routes.access.LocalHost;
import routes.access.TokenGuard;
import routes.http.HttpProblem;

/**
 * What every request to the dashboard's server passes: it is asked for the token, and its answer
 * gets the headers that keep browsers from doing what it does not mean.
 */
@ThreadSafe
public final class DashboardFilter implements Handler<RoutingContext> {

  /** Scripts, styles and data from this server alone, and none of it inside the page. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final TokenGuard tokens;
  private final boolean onlyOwnNames;

  public DashboardFilter(DashboardSettings settings) {
    tokens = new TokenGuard(new AccessKeys(settings.token().stream().toList()));
    onlyOwnNames = settings.token().isEmpty() && LocalHost.isLoopback(settings.host());
  }

  @Override
  public void handle(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (onlyOwnNames && !LocalHost.needsNoDns(LocalHost.of(request.request()))) {
      // A page elsewhere whose own name was made to mean this machine could read everything.
      Answers.problem(
          request,
          new HttpProblem(403, "Use http://localhost, or set DASHBOARD_TOKEN to use another name"));
      return;
    }
    tokens.handle(request);
  }
}

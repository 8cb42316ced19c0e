package routes.http.api;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import routes.access.CallingSite;
import routes.access.LocalHost;
import routes.settings.Cloud;

/**
 * Decides whether a request may change something. {@code DASHBOARD_TOKEN} is needed for that,
 * except on one's own machine: the embedded cloud, bound to loopback and spoken to as such, so that
 * no name which some DNS points at this machine will do. A browser must come from the dashboard's
 * own page either way, as it adds the token by itself, whatever page sends it.
 */
@ThreadSafe
public final class WriteGuard {

  private final boolean tokenIsSet;
  private final boolean ownMachine;

  public WriteGuard(DashboardSettings settings, Cloud cloud) {
    tokenIsSet = settings.token().isPresent();
    ownMachine = cloud == Cloud.EMBEDDED && LocalHost.isLoopback(settings.host());
  }

  /** Whether anybody may change anything; what a page shows. */
  public boolean writesArePossible() {
    return tokenIsSet || ownMachine;
  }

  /** Why not, as a sentence that says what to do; empty when it may. */
  Optional<String> objection(HttpServerRequest request) {
    if (!writesArePossible()) {
      return Optional.of(
          "Changes need a token: set DASHBOARD_TOKEN, as the cloud is not the embedded one or other machines can reach this port");
    }
    if (!tokenIsSet && !LocalHost.isLoopback(LocalHost.of(request))) {
      return Optional.of(
          "Without DASHBOARD_TOKEN changes are made under http://localhost only, not under this name");
    }
    return CallingSite.isAnother(request)
        ? Optional.of("The request comes from a page of another site")
        : Optional.empty();
  }
}

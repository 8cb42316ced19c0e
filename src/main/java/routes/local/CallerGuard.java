package routes.local;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import routes.access.CallingSite;
import routes.access.LocalHost;

/**
 * Keeps web pages away from the embedded cloud, which takes any credentials: a browser on this
 * machine reaches it for whatever site it shows. Clients of AWS send nothing that is refused here.
 */
@ThreadSafe
final class CallerGuard {

  private final boolean onlyOwnNames;

  /**
   * @param host the address that the cloud listens on
   */
  CallerGuard(String host) {
    onlyOwnNames = LocalHost.isLoopback(host);
  }

  /** Why a request is refused, as a sentence that says what to do; empty when it may pass. */
  Optional<String> objection(HttpServerRequest request) {
    String host = LocalHost.of(request);
    if (onlyOwnNames && !LocalHost.needsNoDns(host)) {
      // A page elsewhere whose own name was made to mean this machine could do everything.
      return Optional.of(
          "The embedded cloud does not answer to the name '%s': use http://localhost, or set LOCAL_CLOUD_HOST to an address that other machines reach"
              .formatted(host));
    }
    if (isAnotherSite(request)) {
      return Optional.of("The request comes from a page of another site");
    }
    return Optional.empty();
  }

  /** What somebody typed, or has as a bookmark, comes from no site. */
  private static boolean isAnotherSite(HttpServerRequest request) {
    return !"none".equals(request.getHeader("Sec-Fetch-Site")) && CallingSite.isAnother(request);
  }
}

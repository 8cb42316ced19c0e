package routes.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The site whose page makes a browser send a request. Only browsers say where a request comes from,
 * and they always do unless it is a GET.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
public final class CallingSite {

  private CallingSite() {}

  /** Whether a browser says that the request comes from anything but a page of this server. */
  public static boolean isAnother(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isSameHost(origin, request.authority());
  }

  private static boolean isSameHost(String origin, @Nullable HostAndPort host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return host != null && host.toString().equalsIgnoreCase(authority);
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }
}

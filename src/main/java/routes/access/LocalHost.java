package routes.access;

import com.google.common.net.InetAddresses;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;

/** Which machine a host name means, judged by the name alone. */
public final class LocalHost {

  private LocalHost() {}

  /** Whether a bind address or host name can only be reached from this machine. */
  public static boolean isLoopback(String host) {
    String name = name(host);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || (InetAddresses.isInetAddress(name) && InetAddresses.forString(name).isLoopbackAddress());
  }

  /** Whether it is an address or {@code localhost}, so no name that somebody's DNS answers for. */
  public static boolean needsNoDns(String host) {
    return isLoopback(host) || InetAddresses.isInetAddress(name(host));
  }

  /** The host a client believes to talk to; empty when it does not say. */
  public static String of(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? "" : authority.host();
  }

  private static String name(String host) {
    String lowerCase = host.toLowerCase(Locale.ROOT);
    return lowerCase.startsWith("[") && lowerCase.endsWith("]")
        ? lowerCase.substring(1, lowerCase.length() - 1)
        : lowerCase;
  }
}

package routes.settings;

import java.util.regex.Pattern;

/** Bind addresses. */
public final class Host {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String ANY = "0.0.0.0";
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:_%-]{1,253}");

  private Host() {}

  /** The embedded cloud is for one machine, so what stands in front of it listens only there. */
  public static String of(Value value, Cloud cloud) {
    return value
        .orElse(cloud == Cloud.EMBEDDED ? LOOPBACK : ANY)
        .matching(ADDRESS, "an IP address or host name of this machine");
  }
}

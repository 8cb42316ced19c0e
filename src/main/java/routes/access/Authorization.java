package routes.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header (RFC 9110, section 11.6.2) as a carrier of one key. */
public final class Authorization {

  private Authorization() {}

  /**
   * The key in a header: what follows {@code Bearer} or Splunk's {@code Splunk}, or the password of
   * {@code Basic}, whatever the user name.
   *
   * @return null when the header is absent or of another scheme
   */
  public static @Nullable String key(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String[] parts = header.strip().split("\\s+", 2);
    if (parts.length < 2) {
      return null;
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer", "splunk" -> parts[1];
      case "basic" -> password(parts[1]);
      default -> null;
    };
  }

  private static @Nullable String password(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : pair.substring(colon + 1);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}

package routes.access;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * From whose pages a browser may send requests: those of the server itself, and of the origins that
 * are named, as RFC 6454 writes them.
 */
@ThreadSafe
public final class Origins {

  /** In the place of an origin: every one. */
  public static final String ANY = "*";

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private final Set<String> allowed;

  /**
   * Those of the server itself and these.
   *
   * @param allowed such as {@code https://app.example.com}; or {@link #ANY}
   */
  public Origins(List<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /**
   * Reads a list of origins.
   *
   * @throws IllegalArgumentException with what is allowed, when one is none
   */
  public static List<String> list(String text) {
    List<String> origins = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (!origins.stream().allMatch(o -> o.equals(ANY) || ORIGIN.matcher(o).matches())) {
      throw new IllegalArgumentException(
          "must be origins such as https://app.example.com, comma separated and in lower case, or *");
    }
    return origins;
  }

  /** Whether a request comes from no page, or from one that may send it. */
  public boolean admit(HttpServerRequest request) {
    return names(request) || !CallingSite.isAnother(request);
  }

  /** Whether a request comes from a page elsewhere that was named. */
  public boolean names(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && (allowed.contains(ANY) || allowed.contains(origin));
  }
}

package routes.http;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its body. Routes hand it on as a whole, because Camel takes a text
 * such as {@code null} for no value when it is an argument of a bean.
 *
 * @param path of the URL
 * @param query the parameters of the URL
 * @param service of records that name none: the query's {@code service}, else {@code X-Service}
 * @param type the {@code Content-Type}; null = none
 * @param encoding the {@code Content-Encoding}; null = none
 * @param remote the address of the client; empty where it is not known
 */
public record RequestHead(
    String path,
    QueryParameters query,
    Optional<String> service,
    @Nullable String type,
    @Nullable String encoding,
    String remote) {

  static final String PATH = "CamelHttpPath";
  static final String TYPE = "Content-Type";

  /**
   * The head of a request as Camel has it.
   *
   * @param headers of the request, none of which is a parameter of its URL
   * @throws MalformedBodyException when the query is not encoded as a URL must be
   */
  public static RequestHead of(Map<String, Object> headers) {
    QueryParameters query = QueryParameters.of(text(headers, "CamelHttpQuery"));
    Optional<String> header =
        Optional.ofNullable(text(headers, "X-Service")).filter(name -> !name.isEmpty());
    return new RequestHead(
        Objects.requireNonNullElse(text(headers, PATH), ""),
        query,
        query.first("service").or(() -> header),
        text(headers, TYPE),
        text(headers, "Content-Encoding"),
        remote(headers.get("CamelVertxPlatformHttpRemoteAddress")));
  }

  /** Whether a header is one of those that {@link HttpExchanges#refuse} looks at. */
  static boolean isNeededToRefuse(String name) {
    return name.equalsIgnoreCase(PATH) || name.equalsIgnoreCase(TYPE);
  }

  /** A header; several of one name are a list of their values (RFC 9110, section 5.3). */
  static @Nullable String text(Map<String, Object> headers, String name) {
    Object value = headers.get(name);
    if (value instanceof List<?> several) {
      return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return value == null ? null : value.toString();
  }

  private static String remote(@Nullable Object address) {
    return address instanceof SocketAddress socket && socket.hostAddress() != null
        ? socket.hostAddress()
        : "";
  }
}

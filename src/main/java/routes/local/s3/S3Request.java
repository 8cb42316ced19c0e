package routes.local.s3;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, without its body.
 *
 * @param host what the client called, with its port
 * @param bucket empty when it asks for none
 * @param key empty when it asks for no object
 */
record S3Request(
    String method,
    String host,
    String bucket,
    String key,
    Map<String, List<String>> query,
    MultiMap headers) {

  /**
   * Takes the bucket from the path; that the name of the host has one, as on AWS, is not expected.
   */
  static S3Request of(HttpServerRequest http) {
    String path = http.path().substring(http.path().startsWith("/") ? 1 : 0);
    int slash = path.indexOf('/');
    String query = http.query();
    return new S3Request(
        http.method().name(),
        http.authority() == null ? "localhost" : http.authority().toString(),
        decoded(slash < 0 ? path : path.substring(0, slash)),
        decoded(slash < 0 ? "" : path.substring(slash + 1)),
        query == null ? Map.of() : parameters(query),
        http.headers());
  }

  private static Map<String, List<String>> parameters(String query) {
    try {
      return new QueryStringDecoder(query, StandardCharsets.UTF_8, false, 1024, true).parameters();
    } catch (IllegalArgumentException e) {
      throw unreadable("query", e);
    }
  }

  /** Undoes percent-encoding, in which a plus means itself. */
  static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unreadable("path", e);
    }
  }

  private static S3Exception unreadable(String part, IllegalArgumentException reason) {
    return S3Exception.invalid(
        "InvalidURI",
        "The %s cannot be read: %s"
            .formatted(part, Xml.printable(String.valueOf(reason.getMessage()))));
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  boolean has(String parameter) {
    return query.containsKey(parameter);
  }

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.get(0);
  }

  /** A parameter's text, which is empty when the request has none. */
  String text(String parameter) {
    String value = parameter(parameter);
    return value == null ? "" : value;
  }

  /**
   * A parameter's number.
   *
   * @param otherwise when the request has none
   */
  int number(String parameter, int otherwise, int min) {
    String value = text(parameter);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw S3Exception.invalidArgument(
        "%s is '%s' and must be a number from %s on."
            .formatted(parameter, Xml.printable(value), min));
  }
}

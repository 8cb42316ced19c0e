package routes.http;

import com.google.errorprone.annotations.ThreadSafe;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import routes.access.AccessKeys;
import routes.access.Authorization;

/** Asks those who send logs for a key, wherever their shipper puts it. */
@ThreadSafe
public final class ApiKeys {

  private final AccessKeys keys;

  public ApiKeys(AccessKeys keys) {
    this.keys = keys;
  }

  /**
   * Why a request is not let in for its keys, or null.
   *
   * @param headers of the request; names in any case
   * @param parameters of its URL, where Datadog's clients may put the key
   */
  @Nullable KeyProblem objection(MultiMap headers, MultiMap parameters) {
    if (!keys.areNeeded()) {
      return null;
    }
    List<String> sent = sent(headers, parameters);
    if (sent.isEmpty()) {
      return KeyProblem.missing();
    }
    return sent.stream().anyMatch(keys::contain) ? null : KeyProblem.wrong();
  }

  private static List<String> sent(MultiMap headers, MultiMap parameters) {
    return Stream.of(
            headers.getAll("Authorization").stream()
                .flatMap(header -> Stream.ofNullable(Authorization.key(header))),
            headers.getAll("X-API-Key").stream(),
            headers.getAll("DD-API-KEY").stream(),
            parameters.getAll("dd-api-key").stream())
        .flatMap(found -> found)
        .toList();
  }
}

package routes.intake;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import routes.access.AccessKeys;
import routes.access.Authorization;

/** Asks those who send logs for a key, wherever their shipper puts it. Thread-safe. */
public final class ApiKeys {

  /** What became of the question. */
  enum Verdict {
    /** An accepted key came, or none is needed. */
    ACCEPTED,
    /** A key is needed and none came. */
    MISSING,
    /** Only keys came that are not accepted. */
    WRONG
  }

  private final AccessKeys keys;

  public ApiKeys(AccessKeys keys) {
    this.keys = keys;
  }

  /**
   * Looks for an accepted key.
   *
   * @param headers of the request; names in any case
   * @param parameters of its URL, where Datadog's clients may put the key
   */
  Verdict check(MultiMap headers, MultiMap parameters) {
    if (!keys.areNeeded()) {
      return Verdict.ACCEPTED;
    }
    List<String> sent = sent(headers, parameters);
    if (sent.isEmpty()) {
      return Verdict.MISSING;
    }
    return sent.stream().anyMatch(keys::contain) ? Verdict.ACCEPTED : Verdict.WRONG;
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

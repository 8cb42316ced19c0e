package routes.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.access.AccessKeys;
import routes.access.Authorization;

/** Asks those who send logs for a key, in whichever header their shipper sends it. Thread-safe. */
public final class ApiKeys {

  private final AccessKeys keys;

  public ApiKeys(AccessKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns when the headers carry an accepted key, or none is needed.
   *
   * @param headers of the request; names in any case
   * @throws MissingKeyException when they carry no key
   * @throws WrongKeyException when they carry only others
   */
  public void requireKey(Map<String, @Nullable Object> headers) {
    if (!keys.areNeeded()) {
      return;
    }
    List<String> sent = sent(headers);
    if (sent.isEmpty()) {
      throw new MissingKeyException(
          "A key is needed: Authorization: Bearer <key>, X-API-Key, DD-API-KEY,"
              + " Authorization: Splunk <key>, or Basic with the key as password");
    }
    if (sent.stream().noneMatch(keys::contain)) {
      throw new WrongKeyException("The key is not accepted here");
    }
  }

  private static List<String> sent(Map<String, @Nullable Object> headers) {
    List<String> sent = new ArrayList<>();
    add(sent, Authorization.key(text(headers.get("Authorization"))));
    add(sent, text(headers.get("X-API-Key")));
    add(sent, text(headers.get("DD-API-KEY")));
    return sent;
  }

  private static void add(List<String> sent, @Nullable String key) {
    if (key != null) {
      sent.add(key);
    }
  }

  private static @Nullable String text(@Nullable Object header) {
    return header == null ? null : header.toString();
  }
}

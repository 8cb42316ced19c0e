package routes.http;

import java.util.Map;

/** A request came without a key, or with none that is accepted. */
public final class KeyProblem extends HttpProblem {

  private static final long serialVersionUID = 1;

  private KeyProblem(int status, String detail) {
    super(status, detail);
  }

  static KeyProblem missing() {
    return new KeyProblem(
        401,
        "A key is needed: Authorization: Bearer <key>, X-API-Key, DD-API-KEY,"
            + " Authorization: Splunk <key>, or Basic with the key as password");
  }

  static KeyProblem wrong() {
    return new KeyProblem(403, "The key is not accepted here");
  }

  /** RFC 9110, section 11.6.1. */
  @Override
  public Map<String, String> headers() {
    return status() == 401 ? Map.of("WWW-Authenticate", "Bearer realm=\"camel-app\"") : Map.of();
  }
}

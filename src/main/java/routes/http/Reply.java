package routes.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/**
 * What a client is answered.
 *
 * @param status of HTTP
 * @param type the body's {@code Content-Type}
 * @param content the body; not copied, so nobody may change it
 * @param headers those that a protocol has beside
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, String type, byte[] content, Map<String, String> headers) {

  /** An answer without headers of its protocol. */
  public Reply(int status, String type, byte[] content) {
    this(status, type, content, Map.of());
  }

  /** The same answer with more headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, type, content, all);
  }

  /** A JSON body. */
  public static Reply json(int status, String json) {
    return new Reply(status, "application/json", json.getBytes(UTF_8));
  }

  /** A line of plain text. */
  public static Reply text(int status, String text) {
    return new Reply(status, "text/plain; charset=utf-8", (text + "\n").getBytes(UTF_8));
  }
}

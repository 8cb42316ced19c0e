package routes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** The same answer with headers. */
  public Reply with(Map<String, String> headers) {
    return new Reply(status, type, content, headers);
  }

  /** Puts an answer's own headers among those of a message. */
  public static void copyHeaders(Reply reply, Map<String, Object> headers) {
    headers.putAll(reply.headers);
  }

  /** A JSON body. */
  public static Reply json(int status, String json) {
    return new Reply(status, "application/json", json.getBytes(UTF_8));
  }

  /** The same with the seconds after which to send the request again, where that may help. */
  Reply again(@Nullable Integer seconds) {
    if (seconds == null) {
      return this;
    }
    Map<String, String> more = new HashMap<>(headers);
    more.put("Retry-After", seconds.toString());
    return with(more);
  }
}

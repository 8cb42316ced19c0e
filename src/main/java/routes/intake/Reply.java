package routes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What a client is answered.
 *
 * @param status of HTTP
 * @param type the body's {@code Content-Type}
 * @param content the body; not copied, so nobody may change it
 * @param retryAfter after how many seconds to send the request again; null = not said
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, String type, byte[] content, @Nullable Integer retryAfter) {

  /** An answer that says nothing of sending the request again. */
  public Reply(int status, String type, byte[] content) {
    this(status, type, content, null);
  }

  /** A JSON body. */
  public static Reply json(int status, String json) {
    return new Reply(status, "application/json", json.getBytes(UTF_8));
  }

  /** The same with the time to send the request again. */
  Reply again(@Nullable Integer seconds) {
    return new Reply(status, type, content, seconds);
  }
}

package routes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a client is answered.
 *
 * @param status of HTTP
 * @param type the body's {@code Content-Type}
 * @param content the body; not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Reply(int status, String type, byte[] content) {

  /** A JSON body. */
  public static Reply json(int status, String json) {
    return new Reply(status, "application/json", json.getBytes(UTF_8));
  }
}

package routes.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Answers to gRPC's calls. HTTP's status is always that of success; gRPC's own stands behind the
 * body, where routes cannot write: they have it among the headers, from which it is moved.
 */
public final class GrpcReply {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String TYPE = "application/grpc";
  private static final String STATUS = "grpc-status";
  private static final String MESSAGE = "grpc-message";
  private static final String DETAILS = "grpc-status-details-bin";
  private static final List<String> TRAILERS = List.of(STATUS, MESSAGE, DETAILS);

  /** With all of the head and the same again in the details, less than the 8 KB clients take. */
  private static final int MAX_MESSAGE_BYTES = 1_000;

  private GrpcReply() {}

  /**
   * The answer of a call that succeeded.
   *
   * @param message the response in protobuf
   */
  public static Reply success(byte[] message) {
    byte[] body =
        ByteBuffer.allocate(GrpcCall.PREFIX_BYTES + message.length)
            .put((byte) 0) // not compressed
            .putInt(message.length)
            .put(message)
            .array();
    return new Reply(200, TYPE, body, Map.of(STATUS, "0"));
  }

  /** The answer of a call that is refused, with when to come back where that may help. */
  public static Reply refusal(HttpProblem problem) {
    RpcStatus status = RpcStatus.of(problem);
    Map<String, String> headers = new HashMap<>();
    headers.put(STATUS, Integer.toString(status.code()));
    headers.put(MESSAGE, percentEncoded(status.message()));
    headers.put("grpc-accept-encoding", String.join(",", GrpcCall.ENCODINGS));
    problem
        .retryAfter()
        .ifPresent(
            seconds ->
                headers.put(
                    DETAILS,
                    Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(status.toByteArray(seconds))));
    return new Reply(200, TYPE, new byte[0], headers);
  }

  /** Has the status of a call's answer follow the body, whoever answers. */
  static void prepare(RoutingContext request) {
    HttpServerRequest head = request.request();
    if (!GrpcCall.is(head)) {
      return;
    }
    HttpServerResponse response = request.response();
    // They have to be there before the answer begins, which would be the end of the stream else.
    response.trailers();
    request.addHeadersEndHandler(end -> moveStatus(response));
  }

  private static void moveStatus(HttpServerResponse response) {
    for (String name : TRAILERS) {
      String value = response.headers().get(name);
      if (value != null) {
        response.headers().remove(name);
        response.trailers().set(name, value);
      }
    }
  }

  /** Visible ASCII as it is, any other byte of UTF-8 and the percent sign as its number. */
  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte letter : text.getBytes(UTF_8)) {
      if (encoded.length() >= MAX_MESSAGE_BYTES) {
        break;
      }
      if (letter >= ' ' && letter <= '~' && letter != '%') {
        encoded.append((char) letter);
      } else {
        encoded.append('%').append(HEX.toHexDigits(letter));
      }
    }
    return encoded.toString();
  }
}

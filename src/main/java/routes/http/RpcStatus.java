package routes.http;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Why a request is refused, as {@code google.rpc.Status}, whose numbers are those of gRPC.
 *
 * @param code the number in {@code google.rpc.Code} that says most nearly the same as HTTP's status
 * @param message a sentence for the client
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto">The
 *     messages</a>
 */
public record RpcStatus(int code, String message) {

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  // Fields of google.rpc.Status.
  private static final int CODE = 1;
  private static final int MESSAGE = 2;
  private static final int DETAILS = 3;

  // Fields of google.protobuf.Any, of the delay in google.rpc.RetryInfo and in that of the seconds.
  private static final int TYPE_URL = 1;
  private static final int VALUE = 2;
  private static final int RETRY_DELAY = 1;
  private static final int SECONDS = 1;

  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** The status that says what a problem says. */
  public static RpcStatus of(HttpProblem problem) {
    return new RpcStatus(code(problem.status()), problem.detail());
  }

  private static int code(int status) {
    return switch (status) {
      case 400, 413 -> 3; // INVALID_ARGUMENT
      case 401 -> 16; // UNAUTHENTICATED
      case 403 -> 7; // PERMISSION_DENIED
      case 404, 405, 415 -> 12; // UNIMPLEMENTED
      case 429 -> 8; // RESOURCE_EXHAUSTED
      case 503 -> 14; // UNAVAILABLE
      default -> 2; // UNKNOWN
    };
  }

  /** In protobuf. */
  public byte[] toByteArray() {
    return message(this::writeTo);
  }

  /**
   * In protobuf, with when to come back, without which gRPC's clients take an exhausted server for
   * one that stays so.
   *
   * @param seconds from now
   */
  byte[] toByteArray(long seconds) {
    byte[] delay = message(out -> out.writeInt64(SECONDS, seconds));
    byte[] retryInfo = message(out -> out.writeByteArray(RETRY_DELAY, delay));
    byte[] any =
        message(
            out -> {
              out.writeString(TYPE_URL, RETRY_INFO);
              out.writeByteArray(VALUE, retryInfo);
            });
    return message(
        out -> {
          writeTo(out);
          out.writeByteArray(DETAILS, any);
        });
  }

  private void writeTo(CodedOutputStream out) throws IOException {
    out.writeInt32(CODE, code);
    out.writeString(MESSAGE, message);
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}

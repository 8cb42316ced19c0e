package routes.intake.otlp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import routes.intake.Dialect;
import routes.intake.HttpProblem;
import routes.intake.Reply;

/** Tells OTLP clients why not, as {@code google.rpc.Status} in the encoding of the request. */
public final class OtlpDialect implements Dialect {

  /** Fields of {@code google.rpc.Status}. */
  private static final int CODE = 1;

  private static final int MESSAGE = 2;

  @Override
  public Reply reply(HttpProblem problem, @Nullable String type) {
    int code = code(problem.status());
    return Encoding.of(type).orElse(Encoding.JSON) == Encoding.PROTOBUF
        ? new Reply(problem.status(), Encoding.PROTOBUF.type(), protobuf(code, problem.detail()))
        : Reply.json(
            problem.status(),
            JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", problem.detail())
                .toString());
  }

  private static byte[] protobuf(int code, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(CODE, code);
      out.writeString(MESSAGE, message);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The number in {@code google.rpc.Code} that says most nearly the same. */
  private static int code(int status) {
    return switch (status) {
      case 400, 413, 415 -> 3; // INVALID_ARGUMENT
      case 401 -> 16; // UNAUTHENTICATED
      case 403 -> 7; // PERMISSION_DENIED
      case 404 -> 5; // NOT_FOUND
      case 405 -> 12; // UNIMPLEMENTED
      case 429 -> 8; // RESOURCE_EXHAUSTED
      case 503 -> 14; // UNAVAILABLE
      default -> 2; // UNKNOWN
    };
  }
}

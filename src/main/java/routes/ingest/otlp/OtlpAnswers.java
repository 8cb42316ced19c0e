package routes.ingest.otlp;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import routes.http.HttpProblem;
import routes.http.Reply;
import routes.ingest.InvalidRecordsException;
import routes.record.Intake;
import routes.signal.Signal;

/** What OTLP clients are told, in the encoding of their request. */
final class OtlpAnswers {

  /** Enough to see what is wrong. */
  private static final int MAX_ERRORS = 5;

  /** Fields of {@code google.rpc.Status}. */
  private static final int CODE = 1;

  private static final int MESSAGE = 2;

  private OtlpAnswers() {}

  /**
   * Success, whole or partial; an empty request is one too.
   *
   * @throws InvalidRecordsException when records came and none of them is acceptable
   */
  static Reply success(Intake intake, Signal signal, @Nullable String type) {
    int rejected = intake.rejectedCount();
    if (rejected > 0 && intake.accepted().isEmpty()) {
      throw new InvalidRecordsException(summary(intake, signal));
    }
    return switch (Encoding.of(type).orElse(Encoding.PROTOBUF)) {
      case PROTOBUF -> new Reply(200, Encoding.PROTOBUF.type(), protobuf(intake, signal));
      case JSON -> Reply.json(200, json(intake, signal));
    };
  }

  /** The responses of all signals are alike on the wire. */
  private static byte[] protobuf(Intake intake, Signal signal) {
    ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
    if (!intake.rejected().isEmpty()) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(intake.rejectedCount())
              .setErrorMessage(summary(intake, signal)));
    }
    return response.build().toByteArray();
  }

  private static String json(Intake intake, Signal signal) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    if (!intake.rejected().isEmpty()) {
      // 64-bit numbers are texts in protobuf's JSON mapping.
      response
          .putObject("partialSuccess")
          .put(rejectedField(signal), Integer.toString(intake.rejectedCount()))
          .put("errorMessage", summary(intake, signal));
    }
    return response.toString();
  }

  private static String summary(Intake intake, Signal signal) {
    int rejected = intake.rejectedCount();
    return intake.rejected().stream()
        .limit(MAX_ERRORS)
        .map(record -> record.index() + ": " + record.rejection().message())
        .collect(
            joining(
                "; ",
                "%s of %s %s are not acceptable: "
                    .formatted(rejected, rejected + intake.accepted().size(), records(signal)),
                rejected > MAX_ERRORS ? "; …" : ""));
  }

  private static String records(Signal signal) {
    return switch (signal) {
      case LOGS -> "log records";
      case METRICS -> "data points";
      case TRACES -> "spans";
    };
  }

  private static String rejectedField(Signal signal) {
    return switch (signal) {
      case LOGS -> "rejectedLogRecords";
      case METRICS -> "rejectedDataPoints";
      case TRACES -> "rejectedSpans";
    };
  }

  /** A refusal as {@code google.rpc.Status}. */
  static Reply refusal(HttpProblem problem, @Nullable String type) {
    int code = code(problem.status());
    return Encoding.of(type).orElse(Encoding.JSON) == Encoding.PROTOBUF
        ? new Reply(problem.status(), Encoding.PROTOBUF.type(), status(code, problem.detail()))
        : Reply.json(
            problem.status(),
            JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", problem.detail())
                .toString());
  }

  private static byte[] status(int code, String message) {
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

package routes.ingest.otlp;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import org.jspecify.annotations.Nullable;
import routes.http.GrpcReply;
import routes.http.HttpProblem;
import routes.http.Reply;
import routes.http.RpcStatus;
import routes.ingest.InvalidRecordsException;
import routes.record.Intake;
import routes.signal.Signal;

/** What OTLP clients are told, in the encoding of their request. */
final class OtlpAnswers {

  /** Enough to see what is wrong. */
  private static final int MAX_ERRORS = 5;

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
      case GRPC -> GrpcReply.success(protobuf(intake, signal));
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
    RpcStatus status = RpcStatus.of(problem);
    return switch (Encoding.of(type).orElse(Encoding.JSON)) {
      case GRPC -> GrpcReply.refusal(problem);
      case PROTOBUF -> new Reply(problem.status(), Encoding.PROTOBUF.type(), status.toByteArray());
      case JSON ->
          Reply.json(
              problem.status(),
              JsonNodeFactory.instance
                  .objectNode()
                  .put("code", status.code())
                  .put("message", status.message())
                  .toString());
    };
  }
}

package routes.intake.otlp;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.List;
import routes.intake.InvalidRecordsException;
import routes.intake.Reply;
import routes.intake.RequestHead;
import routes.record.Intake;
import routes.signal.Signal;

/** Tells OTLP clients what was taken of their records. Thread-safe. */
final class OtlpAnswers {

  /** Enough to see what is wrong. */
  private static final int MAX_ERRORS = 5;

  private final Signal signal;

  OtlpAnswers(Signal signal) {
    this.signal = signal;
  }

  /**
   * Success, whole or partial; an empty request is one too.
   *
   * @throws InvalidRecordsException when records came and none of them is acceptable
   */
  Reply of(Intake intake, RequestHead request) {
    int rejected = intake.rejectedCount();
    if (rejected > 0 && intake.accepted().isEmpty()) {
      throw new InvalidRecordsException(summary(intake), List.of());
    }
    return switch (Encoding.of(request.type()).orElse(Encoding.PROTOBUF)) {
      case PROTOBUF -> new Reply(200, Encoding.PROTOBUF.type(), protobuf(intake));
      case JSON -> Reply.json(200, json(intake));
    };
  }

  /** The responses of all signals are alike on the wire. */
  private byte[] protobuf(Intake intake) {
    ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
    if (!intake.rejected().isEmpty()) {
      response.setPartialSuccess(
          ExportLogsPartialSuccess.newBuilder()
              .setRejectedLogRecords(intake.rejectedCount())
              .setErrorMessage(summary(intake)));
    }
    return response.build().toByteArray();
  }

  private String json(Intake intake) {
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    if (!intake.rejected().isEmpty()) {
      // 64-bit numbers are texts in protobuf's JSON mapping.
      response
          .putObject("partialSuccess")
          .put(rejectedField(), Integer.toString(intake.rejectedCount()))
          .put("errorMessage", summary(intake));
    }
    return response.toString();
  }

  private String summary(Intake intake) {
    int rejected = intake.rejectedCount();
    return intake.rejected().stream()
        .limit(MAX_ERRORS)
        .map(record -> record.index() + ": " + record.rejection().message())
        .collect(
            joining(
                "; ",
                "%s of %s %s are not acceptable: "
                    .formatted(rejected, rejected + intake.accepted().size(), records()),
                rejected > MAX_ERRORS ? "; …" : ""));
  }

  private String records() {
    return switch (signal) {
      case LOGS -> "log records";
      case METRICS -> "data points";
      case TRACES -> "spans";
    };
  }

  private String rejectedField() {
    return switch (signal) {
      case LOGS -> "rejectedLogRecords";
      case METRICS -> "rejectedDataPoints";
      case TRACES -> "rejectedSpans";
    };
  }
}

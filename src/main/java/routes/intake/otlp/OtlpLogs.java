package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import routes.intake.DecodedBody;
import routes.intake.HttpProblem;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.RequestHead;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.RecordParser;

/** Reads the records of an {@code ExportLogsServiceRequest}. Thread-safe. */
public final class OtlpLogs {

  private final RecordParser parser;
  private final Clock clock;

  public OtlpLogs(RecordParser parser) {
    this(parser, Clock.systemUTC());
  }

  OtlpLogs(RecordParser parser, Clock clock) {
    this.parser = parser;
    this.clock = clock;
  }

  /**
   * Sorts the records of a body from what is none; an empty request has neither. A resource without
   * {@code service.name} has the service of the request.
   *
   * @throws MalformedBodyException when the body is no such request
   * @throws HttpProblem 415 when it is neither protobuf nor JSON; 413 or 429 when it holds more
   *     than there is memory for
   */
  public Intake read(DecodedBody body, RequestHead request) {
    MappedRecords records = new MappedRecords(parser, clock.instant(), body.memory());
    String service = request.service().orElse(MappedRecords.UNKNOWN_SERVICE);
    try {
      new LogsRequest(records, service, parser, body.memory()).read(protobuf(body, request.type()));
    } catch (InvalidProtocolBufferException malformed) {
      throw new MalformedBodyException("The body is no protobuf: " + malformed.getMessage());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("OTLP/JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return records.intake();
  }

  private ByteSlice protobuf(DecodedBody body, @Nullable String type) throws IOException {
    Encoding encoding =
        Encoding.of(type)
            .orElseThrow(
                () ->
                    HttpProblem.unsupported(
                        "Content-Type must be %s or %s"
                            .formatted(Encoding.PROTOBUF.type(), Encoding.JSON.type())));
    return switch (encoding) {
      case PROTOBUF -> ByteSlice.of(body.bytes());
      case JSON ->
          new JsonMessages(body, parser.maxBytes())
              .toProtobuf(ExportLogsServiceRequest.getDescriptor());
    };
  }
}

package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.UnknownTypeException;
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
   * Sorts the records of a body from what is none; an empty request has neither.
   *
   * @param type of the body, which tells protobuf from JSON
   * @param query of the URL, where {@code service} names the service of resources without {@code
   *     service.name}; or null
   * @param header the same service in {@code X-Service}, or null; the query comes first
   * @throws UnknownTypeException when the type is another
   * @throws MalformedBodyException when the body is no such request
   */
  public Intake read(
      byte[] body, @Nullable String type, @Nullable String query, @Nullable String header) {
    String service =
        QueryParameters.of(query)
            .service(header)
            .filter(name -> !name.isEmpty())
            .orElse(MappedRecords.UNKNOWN_SERVICE);
    MappedRecords records = new MappedRecords(parser, clock.instant());
    for (ResourceLogs logs : request(body, type).getResourceLogsList()) {
      String own = serviceName(logs.getResource());
      for (ScopeLogs scoped : logs.getScopeLogsList()) {
        RecordWriter writer =
            new RecordWriter(
                own.isEmpty() ? service : own,
                logs.getResource(),
                scoped.getScope(),
                records.arrival());
        scoped.getLogRecordsList().forEach(log -> records.add(writer.write(log), service));
      }
    }
    return records.intake();
  }

  private static ExportLogsServiceRequest request(byte[] body, @Nullable String type) {
    Encoding encoding =
        Encoding.of(type)
            .orElseThrow(
                () ->
                    new UnknownTypeException(
                        "Content-Type must be %s or %s"
                            .formatted(Encoding.PROTOBUF.type(), Encoding.JSON.type())));
    try {
      return switch (encoding) {
        case PROTOBUF -> ExportLogsServiceRequest.parseFrom(body);
        case JSON -> JsonMessages.read(body, ExportLogsServiceRequest.newBuilder()).build();
      };
    } catch (InvalidProtocolBufferException malformed) {
      throw new MalformedBodyException("The body is no protobuf: " + malformed.getMessage());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("OTLP/JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String serviceName(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("");
  }
}

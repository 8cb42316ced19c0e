package routes.intake.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.intake.MalformedBodyException;
import routes.intake.MappedRecords;
import routes.intake.QueryParameters;
import routes.intake.UnknownTypeException;
import routes.record.ByteSlice;
import routes.record.Intake;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;

/** Reads the records of an {@code ExportLogsServiceRequest}. Thread-safe. */
public final class OtlpLogs {

  /** What is refused alone, with all that lies within, when a value in it is wrong. */
  private static final Set<Descriptor> REFUSABLE =
      Set.of(ResourceLogs.getDescriptor(), ScopeLogs.getDescriptor(), LogRecord.getDescriptor());

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
    Map<String, JsonMessages.Fault> faults = new HashMap<>();
    List<ResourceLogs> resources = request(body, type, faults).getResourceLogsList();
    for (int r = 0; r < resources.size(); r++) {
      ResourceLogs logs = resources.get(r);
      String ofResource = "/resourceLogs/" + r;
      String named = serviceName(logs.getResource());
      for (int s = 0; s < logs.getScopeLogsCount(); s++) {
        ScopeLogs scoped = logs.getScopeLogs(s);
        String ofScope = ofResource + "/scopeLogs/" + s;
        JsonMessages.Fault around = faults.getOrDefault(ofResource, faults.get(ofScope));
        RecordWriter writer =
            new RecordWriter(
                parser.isService(named) ? named : service,
                logs.getResource(),
                scoped.getScope(),
                records.arrival());
        for (int l = 0; l < scoped.getLogRecordsCount(); l++) {
          byte[] record = writer.write(scoped.getLogRecords(l));
          JsonMessages.Fault own = faults.get(ofScope + "/logRecords/" + l);
          if (own != null) {
            reject(records, own.json(), own);
          } else if (around != null) {
            reject(records, ByteSlice.of(record), around);
          } else {
            records.add(record, service);
          }
        }
      }
    }
    return records.intake();
  }

  private static void reject(MappedRecords records, ByteSlice bytes, JsonMessages.Fault fault) {
    records.reject(bytes, new Rejection(Reason.NOT_JSON, "No OTLP/JSON: " + fault.text()));
  }

  private static ExportLogsServiceRequest request(
      byte[] body, @Nullable String type, Map<String, JsonMessages.Fault> faults) {
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
        case JSON -> {
          ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
          faults.putAll(JsonMessages.read(body, request, REFUSABLE));
          yield request.build();
        }
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

package routes.intake.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import routes.intake.BodyMemory;
import routes.intake.MappedRecords;
import routes.intake.otlp.MessageBuilding.Built;
import routes.record.ByteSlice;
import routes.record.RecordParser;

/**
 * Goes through an {@code ExportLogsServiceRequest} in protobuf, of which one resource, one scope
 * and one record are objects at a time. Not thread-safe.
 */
final class LogsRequest {

  private final MappedRecords records;
  private final String service;
  private final RecordParser parser;
  private final MessageBuilding messages;

  /**
   * Collects records.
   *
   * @param service of resources without {@code service.name}
   * @param memory for the objects at a time
   */
  LogsRequest(MappedRecords records, String service, RecordParser parser, BodyMemory.Share memory) {
    this.records = records;
    this.service = service;
    this.parser = parser;
    this.messages = new MessageBuilding(memory, parser.maxBytes());
  }

  /**
   * Takes all records of a request.
   *
   * @throws com.google.protobuf.InvalidProtocolBufferException when it is none
   */
  void read(ByteSlice request) throws IOException {
    Submessages all = new Submessages(request, ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER);
    for (ByteSlice logs = all.next(); logs != null; logs = all.next()) {
      readResource(logs);
    }
  }

  private void readResource(ByteSlice logs) throws IOException {
    Built<Resource> resource =
        messages.singular(logs, ResourceLogs.RESOURCE_FIELD_NUMBER, Resource.getDefaultInstance());
    Submessages scopes = new Submessages(logs, ResourceLogs.SCOPE_LOGS_FIELD_NUMBER);
    for (ByteSlice scoped = scopes.next(); scoped != null; scoped = scopes.next()) {
      Built<InstrumentationScope> scope =
          messages.singular(
              scoped, ScopeLogs.SCOPE_FIELD_NUMBER, InstrumentationScope.getDefaultInstance());
      readScope(scoped, resource, scope);
      messages.drop(scope);
    }
    messages.drop(resource);
  }

  private void readScope(
      ByteSlice scoped, Built<Resource> resource, Built<InstrumentationScope> scope)
      throws IOException {
    String own = serviceName(resource.message());
    RecordWriter writer =
        new RecordWriter(
            own.isEmpty() ? service : own, resource.message(), scope.message(), records.arrival());
    Submessages logs = new Submessages(scoped, ScopeLogs.LOG_RECORDS_FIELD_NUMBER);
    for (ByteSlice log = logs.next(); log != null; log = logs.next()) {
      long length = resource.length() + scope.length() + log.length();
      if (length > parser.maxBytes()) {
        records.reject(log, parser.tooLarge(length));
      } else {
        Built<LogRecord> record = messages.whole(log, LogRecord.getDefaultInstance());
        records.add(writer.write(record.message()), service);
        messages.drop(record);
      }
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

package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.ingest.MappedRecords;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;

/** The records of one export request, each one JSON object. Not thread-safe. */
final class ExportedRecords {

  /** Writes what a record has of its own. */
  @FunctionalInterface
  interface Item {

    /**
     * Writes it.
     *
     * @param arrival the time of a record that has none
     */
    void write(RecordJson fields, String service, Instant arrival) throws IOException;
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LIKELY_BYTES = 512;

  private final RecordParser parser;
  private final MappedRecords records;
  private final String service;
  private final Map<String, JsonMessages.Fault> faults;

  /** Of a scope without records it is never written. */
  private @Nullable Supplier<Origin> source;

  private @Nullable Origin origin;
  private String place = "";

  /**
   * @param service of resources that name none that can be one
   * @param faults what is wrong with which part of the request, by its place in JSON
   */
  ExportedRecords(
      RecordParser parser,
      MappedRecords records,
      String service,
      Map<String, JsonMessages.Fault> faults) {
    this.parser = parser;
    this.records = records;
    this.service = service;
    this.faults = faults;
  }

  /**
   * Says where the records come from that are added next.
   *
   * @param scopePlace of the scope in JSON, such as {@code /resourceLogs/0/scopeLogs/1}
   */
  void from(
      Resource resource,
      String resourceSchema,
      InstrumentationScope scope,
      String scopeSchema,
      String scopePlace) {
    origin = null;
    source =
        () -> {
          String named = Origin.serviceName(resource);
          return new Origin(
              parser.isService(named) ? named : service,
              resource,
              resourceSchema,
              scope,
              scopeSchema);
        };
    place = scopePlace;
  }

  /**
   * Takes the next record.
   *
   * @param list where it stands within its scope in JSON, such as {@code /logRecords/}
   * @param index its place in that list
   */
  void add(String list, int index, Item item) {
    byte[] record = json(item);
    JsonMessages.Fault fault = faults.isEmpty() ? null : fault(place + list + index);
    if (fault == null) {
      records.add(record, service);
    } else {
      JsonMessages.Fault own = faults.get(place + list + index);
      Rejection rejection = new Rejection(Reason.NOT_JSON, "No OTLP/JSON: " + fault.text());
      if (own == null) {
        records.rejectWritten(record, rejection);
      } else {
        records.reject(own.json(), rejection);
      }
    }
  }

  /** What is wrong with a part of the request, or with one that it is a part of; or null. */
  private JsonMessages.@Nullable Fault fault(String part) {
    for (int end = part.length(); end > 0; end = part.lastIndexOf('/', end - 1)) {
      JsonMessages.Fault found = faults.get(part.substring(0, end));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private byte[] json(Item item) {
    if (origin == null) {
      origin = Objects.requireNonNull(source).get();
    }
    Origin from = origin;
    ByteArrayOutputStream out = new ByteArrayOutputStream(LIKELY_BYTES + from.length());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      item.write(new RecordJson(json), from.service(), records.arrival());
      json.flush();
      from.writeTo(out);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Takes what is no record. */
  void reject(ByteSlice bytes, Rejection rejection) {
    records.reject(bytes, rejection);
  }
}

package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import routes.ingest.MappedRecords;
import routes.json.ByteSlice;
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

  /** What is kept of a record that is never written. */
  private static final ByteSlice NOTHING = ByteSlice.of(new byte[0]);

  private final RecordParser parser;
  private final MappedRecords records;
  private final String service;
  private final Map<String, JsonMessages.Fault> faults;
  private final Set<String> told = new HashSet<>();

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
   * @param length how long it is at least; of one that is too long nothing is written
   */
  void add(String list, int index, long length, Item item) {
    String part = place + list + index;
    String faulty = faults.isEmpty() ? null : faulty(part);
    boolean tooLong = length > parser.maxBytes();
    if (faulty != null) {
      told.add(faulty);
      JsonMessages.Fault fault = Objects.requireNonNull(faults.get(faulty));
      if (faulty.equals(part)) {
        reject(fault);
      } else if (tooLong) {
        records.reject(NOTHING, rejection(fault));
      } else {
        records.rejectWritten(json(item), rejection(fault));
      }
    } else if (tooLong) {
      records.reject(NOTHING, parser.tooLarge(length));
    } else {
      records.add(json(item), service);
    }
  }

  /** Rejects a record that is not even read. */
  void rejectTooDeep(String why) {
    records.reject(NOTHING, new Rejection(Reason.TOO_DEEP, why));
  }

  /** Rejects the parts of the request that are faulty and hold no record to be rejected for it. */
  void rejectFaultyParts() {
    faults.forEach(
        (part, fault) -> {
          if (!told.contains(part)) {
            reject(fault);
          }
        });
  }

  private void reject(JsonMessages.Fault fault) {
    records.reject(fault.json(), rejection(fault));
  }

  private static Rejection rejection(JsonMessages.Fault fault) {
    return new Rejection(Reason.NOT_JSON, "No OTLP/JSON: " + fault.text());
  }

  /** The place of a part of the request that is faulty, or of the innermost one around it. */
  private @Nullable String faulty(String part) {
    for (int end = part.length(); end > 0; end = part.lastIndexOf('/', end - 1)) {
      String around = part.substring(0, end);
      if (faults.containsKey(around)) {
        return around;
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
}

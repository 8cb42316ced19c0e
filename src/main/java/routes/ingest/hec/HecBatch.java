package routes.ingest.hec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import routes.http.RecordError;
import routes.ingest.InvalidRecordsException;
import routes.ingest.JsonValues;
import routes.ingest.MappedRecords;
import routes.record.Intake;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;

/** The events of one request: all of them are taken, or none. Not thread-safe. */
final class HecBatch {

  private final RecordParser parser;
  private final MappedRecords records;
  private final Optional<String> service;
  private int count;

  /**
   * A batch without events.
   *
   * @param service of events that name none
   */
  HecBatch(MappedRecords records, RecordParser parser, Optional<String> service) {
    this.records = records;
    this.parser = parser;
    this.service = service;
  }

  /**
   * Takes the next event.
   *
   * @param envelope an object
   * @throws InvalidRecordsException when it is not acceptable
   */
  void add(JsonNode envelope) {
    HecEvent event = new HecEvent(envelope, time -> parser.timeObjection(time, records.arrival()));
    event
        .fault()
        .ifPresent(
            fault -> {
              throw invalid(fault.reason(), fault.text());
            });
    String fallback =
        service
            .or(() -> event.origins().filter(parser::isService).findFirst())
            .orElse(MappedRecords.UNKNOWN_SERVICE);
    if (records.add(JsonValues.bytes(event.record()), fallback) instanceof Rejection rejection) {
      throw invalid(rejection);
    }
    count++;
  }

  /**
   * All that came.
   *
   * @throws InvalidRecordsException when that is nothing
   */
  Intake intake() {
    if (count == 0) {
      throw invalid(HecCode.NO_DATA.reason(), HecCode.NO_DATA.text());
    }
    return records.intake();
  }

  InvalidRecordsException invalid(Rejection rejection) {
    return invalid(rejection.reason(), rejection.message());
  }

  InvalidRecordsException invalid(Reason reason, String message) {
    return invalid(reason.code(), message);
  }

  /** Why the next event, and with it the request, is refused. */
  private InvalidRecordsException invalid(String reason, String message) {
    return new InvalidRecordsException(message, List.of(new RecordError(count, reason, message)));
  }
}

package routes.kinesis.publish;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** The records of one {@code PutRecords} request, by caller. */
record Batch(List<Part> parts) {

  /** One caller's share. */
  record Part(PublishCall call, List<PendingRecord> records) {}

  Stream<PendingRecord> records() {
    return parts.stream().flatMap(part -> part.records().stream());
  }

  List<PutRecordsRequestEntry> entries() {
    return records().map(PendingRecord::entry).toList();
  }

  long recordsSentBefore() {
    return records().filter(PendingRecord::wasSentBefore).count();
  }
}

package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** The operations that put records onto a stream. */
final class WriteOperations {

  private static final int MAX_REQUEST_BYTES = 10 << 20;
  private static final SerializedString SEQUENCE_NUMBER = new SerializedString("SequenceNumber");
  private static final SerializedString SHARD_ID = new SerializedString("ShardId");

  private final Streams streams;
  private final Faults faults;
  private final Clock clock;

  WriteOperations(Streams streams, Faults faults, Clock clock) {
    this.streams = streams;
    this.faults = faults;
    this.clock = clock;
  }

  void putRecord(Request request, Answer answer) throws IOException {
    PutEntry entry =
        new PutEntry(
            request.string("PartitionKey"),
            request.blob("Data"),
            request.string("ExplicitHashKey"));
    Stream stream = streams.get(request.streamName());
    checkSize(entry, stream);
    stream.put(List.of(entry), clock.millis());
    AwsError error = entry.error();
    if (error != null) {
      throw new KinesisException(error);
    }
    answer.out().writeStartObject();
    writePlace(answer.out(), entry);
    answer.out().writeEndObject();
  }

  void putRecords(WireFormat format, byte[] body, Answer answer) throws IOException {
    PutRequest request = PutRequest.read(format, body);
    List<PutEntry> entries = request.entries();
    Stream stream = streams.get(request.streamName());
    checkSizes(entries, stream);
    for (int i = 0; i < entries.size(); i++) {
      PutEntry entry = entries.get(i);
      AwsError fault = faults.entry(stream.name(), entry.partitionKey(), i);
      if (fault != null) {
        entry.refused(fault);
      }
    }
    stream.put(entries, clock.millis());
    write(answer.out(), entries);
  }

  private static void checkSizes(List<PutEntry> entries, Stream stream) {
    long total = 0;
    for (PutEntry entry : entries) {
      checkSize(entry, stream);
      total += entry.size();
    }
    if (total > MAX_REQUEST_BYTES) {
      throw KinesisException.invalidArgument("Records size exceeds 10 MB limit");
    }
  }

  /** AWS counts the partition key as part of the record. */
  private static void checkSize(PutEntry entry, Stream stream) {
    int max = stream.info().maxRecordKib() << 10;
    if (entry.size() > max) {
      int length = entry.data().length;
      throw Constraints.violated(
          "java.nio.HeapByteBuffer[pos=0 lim=%s cap=%s]".formatted(length, length),
          "data",
          "Member must have length less than or equal to %s, partition key included"
              .formatted(max));
    }
  }

  private static void write(JsonGenerator out, List<PutEntry> entries) throws IOException {
    out.writeStartObject();
    out.writeNumberField(
        "FailedRecordCount", (int) entries.stream().filter(e -> e.error() != null).count());
    out.writeFieldName("Records");
    out.writeStartArray(entries, entries.size());
    for (PutEntry entry : entries) {
      out.writeStartObject(entry, 2);
      AwsError error = entry.error();
      if (error == null) {
        writePlace(out, entry);
      } else {
        out.writeStringField("ErrorCode", error.type());
        out.writeStringField("ErrorMessage", error.message());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writePlace(JsonGenerator out, PutEntry entry) throws IOException {
    byte[] digits = entry.shard().sequenceNumbers().digits(entry.counter());
    out.writeFieldName(SEQUENCE_NUMBER);
    out.writeUTF8String(digits, 0, digits.length);
    out.writeFieldName(SHARD_ID);
    out.writeString(entry.shard().id());
  }
}

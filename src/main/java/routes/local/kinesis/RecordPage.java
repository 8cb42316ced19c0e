package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;

/** The records one {@code GetRecords} answers. */
final class RecordPage implements Segments.RecordSink {

  private static final int MAX_BYTES = 10 << 20;
  private static final SerializedString SEQUENCE_NUMBER = new SerializedString("SequenceNumber");
  private static final SerializedString ARRIVAL =
      new SerializedString("ApproximateArrivalTimestamp");
  private static final SerializedString DATA = new SerializedString("Data");
  private static final SerializedString PARTITION_KEY = new SerializedString("PartitionKey");

  private final Shard shard;
  private final WireFormat format;
  private final JsonGenerator out;
  private final int limit;
  private long horizon;
  private boolean expired;
  private long nextCounter;
  private long lastArrival;
  private int records;
  private int bytes;

  RecordPage(Shard shard, Answer answer, int limit) {
    this.shard = shard;
    this.format = answer.format();
    this.out = answer.out();
    this.limit = limit;
  }

  /** Writes the records from {@code counter} on that arrived at the horizon or later. */
  void write(long counter, long retentionHorizon) throws IOException {
    horizon = retentionHorizon;
    nextCounter = counter;
    out.writeArrayFieldStart("Records");
    shard.segments().read(nextCounter, this);
    if (expired) {
      nextCounter = shard.segments().counterAt(horizon);
      shard.segments().read(nextCounter, this);
    }
    out.writeEndArray();
  }

  @Override
  public boolean accept(RecordCursor record) throws IOException {
    lastArrival = record.arrival();
    if (lastArrival < horizon) {
      expired = true;
      return false;
    }
    int size = record.keyLength() + record.dataLength();
    if (records == limit || (records > 0 && bytes + size > MAX_BYTES)) {
      return false;
    }
    write(record);
    nextCounter = record.counter() + 1;
    records++;
    bytes += size;
    return true;
  }

  private void write(RecordCursor record) throws IOException {
    byte[] array = record.array();
    byte[] digits = shard.sequenceNumbers().digits(record.counter());
    out.writeStartObject(record, 4);
    out.writeFieldName(SEQUENCE_NUMBER);
    out.writeUTF8String(digits, 0, digits.length);
    out.writeFieldName(ARRIVAL);
    format.writeTimestamp(out, record.arrival());
    out.writeFieldName(DATA);
    out.writeBinary(array, record.dataStart(), record.dataLength());
    out.writeFieldName(PARTITION_KEY);
    out.writeUTF8String(array, record.keyStart(), record.keyLength());
    out.writeEndObject();
  }

  /** The counter of the first record that is not on this page. */
  long nextCounter() {
    return nextCounter;
  }

  /** When the last record looked at arrived, epoch milliseconds. */
  long lastArrival() {
    return lastArrival;
  }
}

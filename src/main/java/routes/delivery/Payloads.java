package routes.delivery;

import routes.record.RecordParser;
import routes.record.RecordReader;
import routes.record.RecordSink;
import routes.shards.Payload;
import routes.shards.ShardRecord;

/** Finds the log records in a Kinesis record. Thread-safe. */
public final class Payloads {

  private final RecordReader reader;

  public Payloads(RecordParser parser) {
    this.reader = new RecordReader(parser);
  }

  /** Gives every log record to the sink, with its index within the Kinesis record. */
  void read(ShardRecord record, RecordSink sink) {
    Counted counted = new Counted(sink);
    for (Payload payload : record.payloads()) {
      if (payload.rejection() == null) {
        reader.read(payload.bytes(), record.arrival(), counted.next());
      } else {
        counted.next().accept(0, payload.bytes(), payload.rejection());
      }
    }
  }

  /** Counts on from payload to payload. */
  private static final class Counted {

    private final RecordSink sink;
    private int seen;

    Counted(RecordSink sink) {
      this.sink = sink;
    }

    RecordSink next() {
      int before = seen;
      return (index, bytes, result) -> {
        seen = before + index + 1;
        sink.accept(before + index, bytes, result);
      };
    }
  }
}

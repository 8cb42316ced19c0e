package routes.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import routes.record.ByteSlice;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.RecordReader;
import routes.record.RecordSink;
import routes.record.Rejection;
import routes.shards.ShardRecord;

/**
 * Finds the log records in a Kinesis record, whatever its producer made of them: one JSON object,
 * several, an array, or any of these compressed with gzip. Thread-safe.
 */
public final class Payloads {

  /** More than a Kinesis record of logs unpacks to, tenfold and more; a bomb stops here. */
  private static final int MAX_UNPACKED_BYTES = 16 << 20;

  private final RecordReader reader;

  public Payloads(RecordParser parser) {
    this.reader = new RecordReader(parser);
  }

  /** Gives every log record to the sink, with its index within the Kinesis record. */
  void read(ShardRecord record, RecordSink sink) {
    ByteSlice payload = ByteSlice.of(record.data());
    if (!isGzip(payload)) {
      reader.read(payload, record.arrival(), sink);
      return;
    }
    try {
      reader.read(unzip(payload), record.arrival(), sink);
    } catch (IOException broken) {
      sink.accept(
          0, payload, new Rejection(Reason.NOT_JSON, "Broken gzip: " + broken.getMessage()));
    }
  }

  private static boolean isGzip(ByteSlice payload) {
    return payload.length() > 2 && payload.at(0) == 0x1f && payload.at(1) == (byte) 0x8b;
  }

  private static ByteSlice unzip(ByteSlice payload) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(payload.array(), payload.offset(), payload.length()))) {
      byte[] unpacked = in.readNBytes(MAX_UNPACKED_BYTES);
      if (in.read() >= 0) {
        throw new IOException("it unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
      }
      return ByteSlice.of(unpacked);
    }
  }
}

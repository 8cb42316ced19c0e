package routes.envelope;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import routes.json.ByteSlice;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.RecordReader;
import routes.record.RecordSink;
import routes.record.Rejection;

/**
 * Finds the log records in a record of the stream, whatever it holds. What is found is a function
 * of the bytes, the arrival time and the settings alone. Takes time in proportion to the bytes,
 * compressed and decompressed. Safe for use by many threads.
 */
public final class EnvelopeReader {

  /** More than a Kinesis record of logs unpacks to, tenfold and more; a bomb stops here. */
  static final int MAX_BYTES = 16 << 20;

  /** What may be unpacked on any number of threads at once; of more, one at a time. */
  private static final int SMALL_BYTES = 1 << 20;

  private final RecordReader records;
  private final CloudWatchEvents cloudWatch;
  private final Semaphore large = new Semaphore(1, true);

  public EnvelopeReader(RecordParser parser) {
    this.records = new RecordReader(parser);
    this.cloudWatch = new CloudWatchEvents(parser);
  }

  /**
   * Gives every log record to the sink, each with its index within the stream record.
   *
   * @param arrival when the stream took it
   * @param keys those that belong to the shard it was read from
   */
  public void read(ByteSlice data, Instant arrival, KeyFilter keys, RecordSink sink)
      throws InterruptedException {
    Opening opening = new Opening(arrival, sink);
    try {
      opening.open(data, keys);
    } finally {
      opening.close();
    }
  }

  /** One stream record. */
  private final class Opening {

    private final Instant arrival;
    private final RecordSink sink;
    private int index;
    private int bytesLeft = MAX_BYTES;
    private boolean isLarge;

    Opening(Instant arrival, RecordSink sink) {
      this.arrival = arrival;
      this.sink = sink;
    }

    void open(ByteSlice data, KeyFilter keys) throws InterruptedException {
      if (!AggregatedFormat.matches(data)) {
        openPayload(data);
        return;
      }
      List<ByteSlice> gathered;
      try {
        gathered = AggregatedFormat.records(data, keys);
      } catch (IOException damaged) {
        reject(
            data,
            Reason.NOT_JSON,
            "It begins like a KPL-aggregated record, but " + damaged.getMessage());
        return;
      }
      for (ByteSlice payload : gathered) {
        openPayload(payload);
      }
    }

    void close() {
      if (isLarge) {
        large.release();
      }
    }

    /** Takes what is compressed apart, member by member, and the rest for what it is. */
    private void openPayload(ByteSlice payload) throws InterruptedException {
      ByteSlice rest = payload;
      Compression compression = Compression.of(rest);
      while (compression != null) {
        Decompressed members = decompress(rest, compression);
        bytesLeft -= members.bytes().length();
        read(members.bytes());
        rest = members.rest();
        String fault = members.fault();
        if (members.isTooLarge()) {
          reject(
              rest,
              Reason.TOO_LARGE,
              "The Kinesis record unpacks to more than %s bytes".formatted(MAX_BYTES));
          return;
        }
        if (fault != null && compression != Compression.ZLIB) {
          reject(rest, Reason.NOT_JSON, "Broken %s: %s".formatted(compression, fault));
          return;
        }
        // What begins like zlib and is not may be text: "x^" does.
        compression = fault == null ? Compression.of(rest) : null;
      }
      read(rest);
    }

    private Decompressed decompress(ByteSlice bytes, Compression compression)
        throws InterruptedException {
      int small = Math.min(bytesLeft, SMALL_BYTES);
      Decompressed members = Decompressed.of(bytes, compression, isLarge ? bytesLeft : small);
      if (!members.isTooLarge() || isLarge) {
        return members;
      }
      large.acquire();
      isLarge = true;
      return Decompressed.of(bytes, compression, bytesLeft);
    }

    private void read(ByteSlice plain) {
      records.read(plain, arrival, this::take);
    }

    private void take(int ignored, ByteSlice bytes, ParseResult result) {
      boolean opened = result instanceof Rejection && cloudWatch.read(bytes, arrival, this::found);
      if (!opened) {
        found(ignored, bytes, result);
      }
    }

    private void found(int ignored, ByteSlice bytes, ParseResult result) {
      sink.accept(index++, bytes, result);
    }

    private void reject(ByteSlice bytes, Reason reason, String why) {
      found(index, bytes, new Rejection(reason, why));
    }
  }
}

package routes.kinesis.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.envelope.EnvelopeReader;
import routes.json.ByteSlice;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.record.RecordParser;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/** Takes Kinesis records apart as the reader of a shard does. */
public final class Reads {

  private final EnvelopeReader envelopes;
  private final int maxRecords;

  /**
   * @param maxRecords that a part has
   */
  public Reads(RecordParser parser, int maxRecords) {
    this.envelopes = new EnvelopeReader(parser);
    this.maxRecords = maxRecords;
  }

  /**
   * A part of a read.
   *
   * @param complete the last Kinesis record of which nothing is left to come; null = none
   * @param elements how many those have of which this is the last part
   */
  public record Part(
      List<StreamRecord> records,
      List<StreamRejection> rejections,
      @Nullable KinesisRecord complete,
      Map<KinesisRecord, Integer> elements) {

    /** As the reader gives it to the route. */
    public StreamRead of(ShardId shard, ShardLedger ledger, DuplicateWindow window) {
      elements.forEach(
          (record, count) -> ledger.count(record.sequenceNumber(), record.arrival(), count));
      return new StreamRead(shard, ledger, window, records, rejections);
    }

    /** As the reader does once the route has it. */
    public void taken(ShardLedger ledger) {
      if (complete != null) {
        ledger.readTo(Position.endOf(complete.sequenceNumber()), complete.arrival());
      }
    }
  }

  public static KinesisRecord record(String sequenceNumber, Instant arrival, byte[] data) {
    return new KinesisRecord(sequenceNumber, arrival, ByteSlice.of(data));
  }

  public List<Part> parts(List<KinesisRecord> read) {
    List<Part> parts = new ArrayList<>();
    Unpacking.Receiver receiver =
        new Unpacking.Receiver() {
          private Map<KinesisRecord, Integer> counts = new LinkedHashMap<>();

          @Override
          public boolean take(
              List<StreamRecord> records,
              List<StreamRejection> rejections,
              @Nullable KinesisRecord complete) {
            parts.add(new Part(records, rejections, complete, counts));
            counts = new LinkedHashMap<>();
            return true;
          }

          @Override
          public void counted(KinesisRecord record, int elements) {
            counts.put(record, elements);
          }
        };
    try {
      new Unpacking(envelopes, (key, hashKey) -> true, receiver, maxRecords).run(read);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
    return parts;
  }

  /** What is one part. */
  public StreamRead part(
      ShardId shard, ShardLedger ledger, DuplicateWindow window, List<KinesisRecord> read) {
    List<Part> parts = parts(read);
    if (parts.size() != 1) {
      throw new AssertionError(parts.size() + " parts");
    }
    return parts.get(0).of(shard, ledger, window);
  }
}

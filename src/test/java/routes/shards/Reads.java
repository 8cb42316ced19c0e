package routes.shards;

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
      List<ShardRecord> records,
      List<ShardRejection> rejections,
      @Nullable StreamRecord complete,
      Map<StreamRecord, Integer> elements) {

    /** As the reader gives it to the route. */
    public ShardRecords of(ShardId shard, ShardLedger ledger, DuplicateWindow window) {
      elements.forEach(
          (record, count) -> ledger.count(record.sequenceNumber(), record.arrival(), count));
      return new ShardRecords(shard, ledger, window, records, rejections);
    }

    /** As the reader does once the route has it. */
    public void taken(ShardLedger ledger) {
      if (complete != null) {
        ledger.readTo(Position.endOf(complete.sequenceNumber()), complete.arrival());
      }
    }
  }

  public static StreamRecord record(String sequenceNumber, Instant arrival, byte[] data) {
    return new StreamRecord(sequenceNumber, arrival, ByteSlice.of(data));
  }

  public List<Part> parts(List<StreamRecord> read) {
    List<Part> parts = new ArrayList<>();
    Unpacking.Receiver receiver =
        new Unpacking.Receiver() {
          private Map<StreamRecord, Integer> counts = new LinkedHashMap<>();

          @Override
          public boolean take(
              List<ShardRecord> records,
              List<ShardRejection> rejections,
              @Nullable StreamRecord complete) {
            parts.add(new Part(records, rejections, complete, counts));
            counts = new LinkedHashMap<>();
            return true;
          }

          @Override
          public void counted(StreamRecord record, int elements) {
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
  public ShardRecords part(
      ShardId shard, ShardLedger ledger, DuplicateWindow window, List<StreamRecord> read) {
    List<Part> parts = parts(read);
    if (parts.size() != 1) {
      throw new AssertionError(parts.size() + " parts");
    }
    return parts.get(0).of(shard, ledger, window);
  }
}

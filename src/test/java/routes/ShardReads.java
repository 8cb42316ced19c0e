package routes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.stream.StreamRead;

/** Reads of one shard whose records have the sequence numbers 101, 102 and so on. */
public final class ShardReads {

  public static final ShardId SHARD =
      new ShardId("logs", Instant.parse("2024-03-01T00:00:00Z"), "shardId-000000000000");
  public static final String PARTITION = "service=%s/year=2024/month=03/day=01/hour=10";

  private static final Instant ARRIVAL = Instant.parse("2024-03-01T12:00:00Z");

  private final ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
  private final DeliveryBuffer buffer = new DeliveryBuffer(1 << 20);
  private final DuplicateWindow window = new DuplicateWindow(0, new WindowMemory(0));
  private int sequenceNumber = 100;

  public ShardReads() {
    buffer.open(ledger);
  }

  public StreamRead read(String... payloads) {
    List<KinesisRecord> records = new ArrayList<>();
    for (String payload : payloads) {
      records.add(
          Reads.record(
              Integer.toString(++sequenceNumber),
              ARRIVAL,
              payload.getBytes(StandardCharsets.UTF_8)));
    }
    return new Reads(RoutesUnderTest.PARSER, 10_000).part(SHARD, ledger, window, records);
  }

  public ShardLedger ledger() {
    return ledger;
  }

  public DeliveryBuffer buffer() {
    return buffer;
  }

  public static String line(String service, int number) {
    return "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"%s\",\"n\":%d}"
        .formatted(service, number);
  }
}

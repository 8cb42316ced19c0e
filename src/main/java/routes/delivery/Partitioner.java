package routes.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.partition.Partition;
import routes.record.ByteSlice;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.RecordParser;
import routes.record.Rejection;
import routes.shards.ShardRecord;
import routes.shards.ShardRecords;

/**
 * Sorts what was read of a shard by service and hour, and leaves out what is delivered already or
 * under way. Thread-safe.
 */
public final class Partitioner {

  /** The group that the ledger counts dead letters in; no service can have this name. */
  static final String POISON = "poison";

  private final RecordParser parser;

  public Partitioner(RecordParser parser) {
    this.parser = parser;
  }

  public Partitioned partition(ShardRecords read) {
    ShardLedger ledger = read.ledger();
    Position poisonTakenTo = ledger.takenTo(POISON);
    Map<Partition, Group> groups = new LinkedHashMap<>();
    List<PoisonRecord> poison = new ArrayList<>();
    for (ShardRecord record : read.records()) {
      Position position = new Position(record.sequenceNumber(), 0);
      ByteSlice bytes = ByteSlice.of(record.data());
      ParseResult parsed = parser.parse(bytes, record.arrival());
      if (parsed instanceof LogRecord log) {
        groups
            .computeIfAbsent(Partition.of(log), partition -> Group.of(partition, ledger))
            .add(position, log.line());
      } else if (parsed instanceof Rejection rejection && position.isAfter(poisonTakenTo)) {
        poison.add(new PoisonRecord(read.shard(), ledger, record, position, bytes, rejection));
      }
    }
    return new Partitioned(batches(read, groups), poison);
  }

  /** The dead letter is on its queue; the record counts as delivered. */
  public void setAside(PoisonRecord record) {
    record.ledger().deliver(POISON, record.position());
  }

  private static List<Batch> batches(ShardRecords read, Map<Partition, Group> groups) {
    long now = System.nanoTime();
    List<Batch> batches = new ArrayList<>(groups.size());
    groups.forEach(
        (partition, group) -> {
          Slice slice = group.records.build();
          if (slice.count() > 0) {
            batches.add(new Batch(read.shard(), read.ledger(), partition, now).with(slice));
          }
        });
    return batches;
  }

  private record Group(Position takenTo, SliceBuilder records) {

    static Group of(Partition partition, ShardLedger ledger) {
      return new Group(ledger.takenTo(partition.path()), new SliceBuilder());
    }

    void add(Position position, ByteSlice line) {
      if (position.isAfter(takenTo)) {
        records.add(position, line);
      }
    }
  }
}

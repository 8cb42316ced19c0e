package routes.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.partition.Partition;
import routes.record.LogRecord;
import routes.record.RecordSink;
import routes.record.Rejection;
import routes.shards.ShardRecord;
import routes.shards.ShardRecords;

/** The sorting of one read: groups in order of appearance, records in shard order. */
final class Sorting {

  private record Group(Position takenTo, SliceBuilder records) {}

  private final ShardRecords read;
  private final Position poisonTakenTo;
  private final Map<Partition, Group> groups = new LinkedHashMap<>();
  private final List<PoisonRecord> poison = new ArrayList<>();

  Sorting(ShardRecords read) {
    this.read = read;
    this.poisonTakenTo = read.ledger().takenTo(Partitioner.POISON);
  }

  /** Takes the log records that one Kinesis record holds. */
  RecordSink of(ShardRecord record) {
    return (index, bytes, result) -> {
      Position position = new Position(record.sequenceNumber(), index);
      if (result instanceof LogRecord log) {
        add(position, record.arrival(), log);
      } else if (result instanceof Rejection rejection && position.isAfter(poisonTakenTo)) {
        poison.add(
            new PoisonRecord(read.shard(), read.ledger(), record, position, bytes, rejection));
      }
    };
  }

  private void add(Position position, Instant arrival, LogRecord log) {
    boolean copy =
        log.id() != null
            && read.window()
                .isCopy(log.service(), log.epochHour(), log.id(), arrival.toEpochMilli());
    Partition partition = Partition.of(log);
    Group group = groups.get(partition);
    if (group == null) {
      ShardLedger ledger = read.ledger();
      group = new Group(ledger.takenTo(partition.path()), new SliceBuilder(arrival));
      groups.put(partition, group);
    }
    if (!position.isAfter(group.takenTo())) {
      return;
    }
    // A copy keeps its place, so that workers who saw more or less of the past cut the same
    // objects.
    if (copy) {
      group.records().addCopy(position);
    } else {
      group.records().add(position, log.line());
    }
  }

  Partitioned result() {
    long now = System.nanoTime();
    List<Batch> batches = new ArrayList<>(groups.size());
    groups.forEach(
        (partition, group) -> {
          if (!group.records().isEmpty()) {
            batches.add(
                new Batch(read.shard(), read.ledger(), partition, now)
                    .with(group.records().build()));
          }
        });
    return new Partitioned(batches, poison);
  }
}

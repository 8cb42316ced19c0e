package routes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.kinesis.read.KinesisRecord;
import routes.kinesis.read.Reads;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.spool.Spool;
import routes.stream.StreamRead;
import routes.stream.StreamRecord;

/**
 * One worker on one shard, made of the real parts of delivery and driven step by step: reading,
 * closing a batch, lining it up, putting one object. Between any two steps it may be forgotten, or
 * another worker may do the same work.
 */
final class SimulatedWorker {

  /** In parts so small that many end amid a Kinesis record. */
  private static final Reads READS =
      new Reads(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection), 3);

  /** Of a record or two. */
  private static final int HEAD_BYTES = 100;

  private final InMemoryLake lake;
  private final ShardId shard;
  private final List<KinesisRecord> records;
  private final Lake target;
  private final Partitioner partitioner;
  private final Rules rules;
  private final ShardLedger ledger;
  private final DuplicateWindow window = new DuplicateWindow(60_000, new WindowMemory(1 << 20));
  private final Set<String> ids = new HashSet<>();
  private final GroupSequencer sequencer = new GroupSequencer(HEAD_BYTES);
  private final Resume resume;
  private final Map<String, Batch> open = new HashMap<>();
  private final List<Batch> closed = new ArrayList<>();
  private final List<Putting> putting = new ArrayList<>();
  private final List<String> deadLetters;
  private final Deque<Reads.Part> parts = new ArrayDeque<>();
  private @Nullable Grouping sorted;
  private int next;

  private record Putting(Batch closed, NewObject object, Iterator<@Nullable NewObject> more) {}

  /** The rules of the protocol; a test drops one and must see the protocol fail. */
  record Rules(
      boolean resume,
      boolean marks,
      boolean putIfAbsent,
      boolean objectFirst,
      boolean place,
      boolean lookBack,
      boolean lookUp) {
    static final Rules ALL = new Rules(true, true, true, true, true, true, true);
  }

  SimulatedWorker(
      InMemoryLake lake,
      ShardId shard,
      List<KinesisRecord> records,
      int oldest,
      Checkpoint start,
      List<String> deadLetters,
      Optional<Spool> spool,
      Rules rules) {
    this.target =
        Lakes.with(new DeliveryBuffer(Long.MAX_VALUE), new JsonLines(Compression.NONE), spool);
    this.partitioner = new Partitioner(target);
    this.lake = lake;
    this.shard = shard;
    this.records = records;
    this.deadLetters = deadLetters;
    this.rules = rules;
    this.ledger = new ShardLedger(start);
    this.resume = new Resume(lake, sequencer);
    target.buffer().open(ledger);
    if (start.equals(Checkpoint.NONE)) {
      ledger.becomeUncertain(Instant.now());
    }
    next = oldest;
    while (next < records.size()
        && !Position.endOf(records.get(next).sequenceNumber()).isAfter(start.delivered())) {
      next++;
    }
    if (rules.lookBack() && next > oldest) {
      for (Reads.Part part : READS.parts(records.subList(oldest, next))) {
        partitioner.partition(part.of(shard, new ShardLedger(start), window));
        window.commit();
      }
    }
  }

  /**
   * Sorts what comes next and appends it to the open batches, now and then only when called again.
   */
  boolean read(int count) {
    if (sorted != null) {
      append(sorted);
      sorted = null;
      parts.remove().taken(ledger);
      return true;
    }
    if (parts.isEmpty()) {
      if (next == records.size()) {
        return false;
      }
      int readTo = Math.min(records.size(), next + count);
      parts.addAll(READS.parts(records.subList(next, readTo)));
      next = readTo;
    }
    Reads.Part part = parts.element();
    StreamRead read = (rules.place() ? part : withoutCopies(part)).of(shard, ledger, window);
    for (int attempts = 0; attempts <= next % 2; attempts++) {
      sorted = partitioner.partition(read);
    }
    window.commit();
    return next % 4 == 0 || read(count);
  }

  private void append(Grouping read) {
    for (DeadLetter rejected : read.rejected()) {
      deadLetters.add(rejected.content().toString());
    }
    partitioner.setAside(read);
    for (Batch batch : read.batches()) {
      Batch grown = target.open().append(open.get(batch.correlation()), batch);
      open.put(batch.correlation(), grown);
    }
  }

  /** Memory is short: a batch that is open moves to disk, if that takes it. */
  void move(Random random) {
    if (!open.isEmpty()) {
      Batch batch = pick(List.copyOf(open.values()), random);
      try {
        target.buffer().release(ledger, batch.moveTo(target.spool().orElseThrow()));
      } catch (IOException full) {
        assertThat(target.spool().orElseThrow().trouble()).isPresent();
      }
    }
  }

  /** Closes a batch; like the aggregator's threads, batches of a group may pass each other. */
  boolean close(Random random) {
    if (open.isEmpty()) {
      return false;
    }
    closed.add(open.remove(pick(List.copyOf(open.keySet()), random)));
    return true;
  }

  boolean enter(Random random) {
    if (closed.isEmpty()) {
      return false;
    }
    Batch batch = pick(closed, random);
    closed.remove(batch);
    keep(batch, sequencer.objects(batch));
    return true;
  }

  boolean put(Random random) {
    if (putting.isEmpty()) {
      return false;
    }
    Putting turn = pick(putting, random);
    putting.remove(turn);
    NewObject object = turn.object();
    try {
      if (!rules.lookUp() || resume.isAbsent(object)) {
        boolean skipped = !rules.objectFirst() && random.nextInt(20) == 0;
        if (skipped || putObject(object) || !rules.resume()) {
          sequencer.delivered(object);
        } else {
          resume.after(object);
        }
      }
      keep(turn.closed(), turn.more());
    } catch (UncheckedIOException full) {
      keep(turn.closed(), sequencer.objects(turn.closed()));
    }
    return true;
  }

  /** A put that arrived, its worker gone before it knew. */
  void putAndDie(Random random) {
    if (!putting.isEmpty()) {
      NewObject object = pick(putting, random).object();
      try {
        if (!rules.lookUp() || resume.isAbsent(object)) {
          putObject(object);
        }
      } catch (UncheckedIOException full) {
        // Dies without it.
      }
    }
  }

  Checkpoint checkpoint() {
    Checkpoint checkpoint = ledger.checkpoint();
    return rules.marks()
        ? checkpoint
        : new Checkpoint(
            checkpoint.delivered(),
            checkpoint.arrival(),
            Map.of(),
            null,
            false,
            checkpoint.account());
  }

  long buffered() {
    return target.buffer().used();
  }

  private boolean putObject(NewObject object) {
    try {
      if (rules.putIfAbsent()) {
        return lake.putIfAbsent(object.key(), object.metadata(), Lakes.bytes(object));
      }
      lake.put(object.key(), object.metadata(), Lakes.bytes(object));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a worker would read that gave copies no place; it knows only the copies it saw itself. */
  private Reads.Part withoutCopies(Reads.Part part) {
    return new Reads.Part(
        part.records().stream().filter(record -> ids.add(idOf(record))).toList(),
        part.rejections(),
        part.complete(),
        part.elements());
  }

  private static String idOf(StreamRecord record) {
    String payload = record.record().line().toString();
    int id = payload.indexOf("\"record_id\"");
    return id < 0 ? payload : payload.substring(id, payload.indexOf(',', id));
  }

  private void keep(Batch closed, Iterator<@Nullable NewObject> objects) {
    NewObject next = objects.next();
    if (next != null) {
      putting.add(new Putting(closed, next, objects));
    }
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}

package routes.audit;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.StoredObject;
import routes.json.ByteSlice;
import routes.json.Line;
import routes.json.LineReader;
import routes.ledger.Checkpoint;
import routes.ledger.DuplicateWindow;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.partition.Partition;
import routes.record.LogRecord;
import routes.record.ParseResult;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Holds the records of one shard against the objects that hold it. Both come in the order of the
 * shard, so that of a group only the object at hand is in memory. For one thread.
 */
final class ShardAudit {

  private static final HashFunction HASH = Hashing.murmur3_128();

  /** More than any record on a stream may have. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  /** Faults of one object that are told one by one. */
  private static final int MAX_TOLD = 10;

  /** The records of one service and hour. */
  private record Group(String path, Deque<ObjectCheck> objects, Position delivered) {}

  private final S3Client s3;
  private final ShardId shard;
  private final Optional<String> service;
  private final Instant counted;
  private final Instant until;
  private final Map<String, Deque<ObjectCheck>> objects;
  private final Checkpoint checkpoint;
  private final DuplicateWindow window;
  private final Tally tally;
  private final Consumer<Fault> faults;
  private final Map<Partition, Group> groups = new HashMap<>();
  private @Nullable Position first;
  private @Nullable Position last;
  private boolean past;

  /**
   * @param service the one whose records count; empty = all
   * @param counted the arrival since when records count; those before are only remembered
   * @param until the arrival since when they count no more
   * @param objects those of the shard by group, in order
   * @param checkpoint written before the objects were listed
   * @param window that knows what came last in the shards this one came from
   */
  ShardAudit(
      S3Client s3,
      ShardId shard,
      Optional<String> service,
      Instant counted,
      Instant until,
      Map<String, Deque<ObjectCheck>> objects,
      Checkpoint checkpoint,
      DuplicateWindow window,
      Tally tally,
      Consumer<Fault> faults) {
    this.s3 = s3;
    this.shard = shard;
    this.service = service;
    this.counted = counted;
    this.until = until;
    this.objects = objects;
    this.checkpoint = checkpoint;
    this.window = window;
    this.tally = tally;
    this.faults = faults;
  }

  /** Takes an element of the shard, in its order; the record, or why it is none. */
  void take(Position position, Instant arrival, ParseResult result) {
    LogRecord record = result instanceof LogRecord found ? found : null;
    boolean copy = record != null && isCopy(record, arrival);
    // By place from the first on, as times of arrival are not quite in order.
    past |= !arrival.isBefore(until);
    if (past || arrival.isBefore(counted)) {
      return;
    }
    first = first == null ? position : first;
    last = position;
    if (record == null) {
      tally.rejected();
    } else if (service.isEmpty() || service.get().equals(record.service())) {
      tally.record(arrival);
      compare(position, record, copy);
    }
  }

  /** What is left when the shard was read to its present end. */
  void end() {
    for (Deque<ObjectCheck> group : objects.values()) {
      for (ObjectCheck object : group) {
        if (last != null && !object.origin().last().isAfter(last)) {
          close(object);
        } else {
          tally.beyond(object.count());
        }
      }
    }
  }

  private boolean isCopy(LogRecord record, Instant arrival) {
    boolean copy =
        record.id() != null
            && window.isCopy(
                record.service(), record.epochHour(), record.id(), arrival.toEpochMilli());
    window.commit();
    return copy;
  }

  private void compare(Position position, LogRecord record, boolean copy) {
    Group group = groups.computeIfAbsent(Partition.of(record), this::group);
    ObjectCheck object = group.objects().peek();
    while (object != null && position.isAfter(object.origin().last())) {
      close(group.objects().remove());
      object = group.objects().peek();
    }
    if (object != null && object.holds(position)) {
      object.expect(position, hash(record.line()), copy);
    } else if (position.isAfter(group.delivered())) {
      tally.inFlight(1);
    } else if (copy) {
      tally.copies(1);
    } else {
      tally.missing(1);
      faults.accept(
          new Fault(
              Fault.Kind.MISSING,
              place(position),
              "a record of %s%s that no object holds"
                  .formatted(group.path(), record.id() == null ? "" : ", id " + record.id())));
    }
  }

  private Group group(Partition partition) {
    String path = partition.path();
    return new Group(
        path,
        objects.computeIfAbsent(path, none -> new ArrayDeque<>()),
        checkpoint.deliveredTo(path));
  }

  /** Compares an object whose stretch has passed. */
  private void close(ObjectCheck object) {
    if (Objects.requireNonNull(first).isAfter(object.origin().first())) {
      tally.beyond(object.count());
      return;
    }
    tally.object();
    int told = 0;
    try (InputStream stored = s3.getObject(get -> get.bucket(object.bucket()).key(object.key()));
        StoredObject.Unpacked content = StoredObject.unpack(stored)) {
      LineReader lines = new LineReader(content.in(), MAX_LINE_BYTES);
      long number = 0;
      for (Line line = lines.next(); line != null; line = lines.next()) {
        number++;
        ObjectCheck.Match match =
            line.bytes() == null ? ObjectCheck.Match.NONE : object.match(hash(line.bytes()));
        if (match != ObjectCheck.Match.ONE) {
          told(object, number, match, told++);
        }
      }
    } catch (NoSuchKeyException | IOException damaged) {
      faults.accept(
          new Fault(
              Fault.Kind.UNREADABLE, object.toString(), String.valueOf(damaged.getMessage())));
    }
    List<Position> missing = object.missing();
    long leftOut = object.leftOut().size();
    tally.copies(leftOut);
    tally.missing(missing.size());
    tally.delivered(object.count() - leftOut - missing.size());
    for (Position position : missing.subList(0, Math.min(missing.size(), MAX_TOLD))) {
      faults.accept(
          new Fault(Fault.Kind.MISSING, place(position), "a record that is no line of " + object));
    }
    tally.untold(Math.max(0, missing.size() - MAX_TOLD) + Math.max(0, told - MAX_TOLD));
  }

  private void told(ObjectCheck object, long number, ObjectCheck.Match match, int before) {
    if (before < MAX_TOLD) {
      faults.accept(
          match == ObjectCheck.Match.TAKEN
              ? new Fault(
                  Fault.Kind.DOUBLE,
                  object.toString(),
                  "line %s is there once too often".formatted(number))
              : new Fault(
                  Fault.Kind.ALTERED,
                  object.toString(),
                  "line %s is none of the records it should hold".formatted(number)));
    }
  }

  private String place(Position position) {
    return "%s %s/%s".formatted(shard, position.sequenceNumber(), position.index());
  }

  private static long hash(ByteSlice line) {
    return HASH.hashBytes(line.array(), line.offset(), line.length()).asLong();
  }
}

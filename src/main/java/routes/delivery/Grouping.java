package routes.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import routes.deadletter.DeadLetter;
import routes.deadletter.Original;
import routes.deadletter.Source;
import routes.ledger.Arrivals;
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.ShardLedger;
import routes.partition.Partition;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.stream.StreamRead;
import routes.stream.StreamRejection;

/**
 * A part of a read by service and hour.
 *
 * @param rejected what can never be delivered
 * @param lastRejected where the last of that is, or null if there is none
 * @param rejectedArrivals how much that is
 */
public record Grouping(
    List<Batch> batches,
    List<DeadLetter> rejected,
    ShardLedger ledger,
    @Nullable Position lastRejected,
    Arrivals rejectedArrivals) {

  /** Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  /** Groups one read: groups in order of appearance, records in shard order. */
  static final class Builder {

    private record Group(Position takenTo, List<RecordChunk.Builder> chunks) {

      RecordChunk.Builder chunk(Instant arrival) {
        if (chunks.isEmpty() || !chunks.get(chunks.size() - 1).takes(arrival)) {
          chunks.add(new RecordChunk.Builder(arrival));
        }
        return chunks.get(chunks.size() - 1);
      }
    }

    /** The same for the same record whoever reads it, and whenever. */
    private static final String STAGE = "deliver";

    private final StreamRead read;
    private final Lake lake;
    private final Signal signal;
    private final Position rejectedTakenTo;
    private final Map<Partition, Group> groups = new LinkedHashMap<>();
    private final List<DeadLetter> rejected = new ArrayList<>();
    private @Nullable Position lastRejected;
    private Arrivals rejectedArrivals = Arrivals.NONE;

    Builder(StreamRead read, Lake lake) {
      this.read = read;
      this.lake = lake;
      this.signal = lake.signals().of(read.shard().stream()).signal();
      this.rejectedTakenTo = read.ledger().takenTo(Partitioner.REJECTED);
    }

    void add(StreamRejection rejection) {
      Position position = rejection.position();
      if (position.isAfter(rejectedTakenTo)) {
        Source.Stream source =
            new Source.Stream(
                read.shard().stream(),
                read.shard().shard(),
                position.sequenceNumber(),
                position.index());
        rejected.add(
            DeadLetter.of(
                Original.of(rejection.pieces()),
                rejection.rejection(),
                STAGE,
                source,
                null,
                rejection.arrival(),
                rejection.count(),
                signal));
        lastRejected = position;
        rejectedArrivals =
            rejectedArrivals.plus(
                Arrivals.of(
                    Arrivals.hour(rejection.arrival()), new HourCount(0, 0, 0, rejection.count())));
      }
    }

    void add(Position position, Instant arrival, LogRecord log) {
      boolean copy =
          log.id() != null
              && read.window()
                  .isCopy(log.service(), log.epochHour(), log.id(), arrival.toEpochMilli());
      Partition partition = Partition.of(log);
      Group group = groups.get(partition);
      if (group == null) {
        ShardLedger ledger = read.ledger();
        group = new Group(ledger.takenTo(partition.path()), new ArrayList<>(1));
        groups.put(partition, group);
      }
      if (!position.isAfter(group.takenTo())) {
        return;
      }
      // A copy keeps its place, so that workers who saw more or less of the past cut the same
      // objects.
      if (copy) {
        group.chunk(arrival).addCopy(position);
      } else {
        group.chunk(arrival).add(position, log.line());
      }
    }

    Grouping build() {
      long now = System.nanoTime();
      List<Batch> batches = new ArrayList<>(groups.size());
      groups.forEach(
          (partition, group) -> {
            if (!group.chunks().isEmpty()) {
              Batch batch = new Batch(lake, read.shard(), read.ledger(), partition, now);
              group.chunks().forEach(chunk -> batch.with(chunk.build()));
              batches.add(batch);
            }
          });
      return new Grouping(batches, rejected, read.ledger(), lastRejected, rejectedArrivals);
    }
  }
}

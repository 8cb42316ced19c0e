package routes.kinesis.publish;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import routes.ledger.Arrivals;
import routes.ledger.Position;
import routes.ledger.ReceiptStore;
import routes.ledger.Receipts;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Counts what Kinesis acknowledges, to be written down now and then. */
@ThreadSafe
final class ReceiptCounter {

  /**
   * How far this machine's clock and that of Kinesis may be apart, and how long an answer takes.
   */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  @GuardedBy("this")
  private final Map<Day, Receipts> days = new HashMap<>();

  @GuardedBy("this")
  private final Set<Day> changed = new HashSet<>();

  private record Day(String stream, long day) {}

  /** Counts those of the answers that say that a record is on the stream. */
  void count(String stream, List<PutRecordsResultEntry> answers, Instant at) {
    Map<String, Shard> shards = new HashMap<>();
    for (PutRecordsResultEntry answer : answers) {
      if (answer.errorCode() == null) {
        shards.computeIfAbsent(answer.shardId(), none -> new Shard()).add(answer.sequenceNumber());
      }
    }
    if (!shards.isEmpty()) {
      add(stream, shards, Arrivals.hour(at.minus(CLOCK_SKEW)), Arrivals.hour(at.plus(CLOCK_SKEW)));
    }
  }

  private synchronized void add(
      String stream, Map<String, Shard> shards, long earliest, long latest) {
    Day day = new Day(stream, ReceiptStore.day(earliest));
    Receipts receipts = days.computeIfAbsent(day, none -> new Receipts());
    boolean edge = earliest < latest;
    shards.forEach(
        (shard, got) ->
            receipts.add(
                shard,
                earliest,
                new Receipts.Count(edge ? 0 : got.records, edge ? got.records : 0, got.last)));
    changed.add(day);
    Set<Day> unwritten = changed;
    days.keySet().removeIf(old -> old.day() < day.day() - 1 && !unwritten.contains(old));
  }

  /** Writes what has changed; of what fails and what comes after it, the next time. */
  void write(ReceiptStore store) {
    for (Day day : changed()) {
      byte[] document = take(day);
      try {
        store.save(day.stream(), day.day(), document);
      } catch (RuntimeException failure) {
        giveBack(day);
        throw failure;
      }
    }
  }

  private synchronized Set<Day> changed() {
    return Set.copyOf(changed);
  }

  private synchronized byte[] take(Day day) {
    changed.remove(day);
    return ReceiptStore.document(Objects.requireNonNull(days.get(day)));
  }

  private synchronized void giveBack(Day day) {
    changed.add(day);
  }

  /** What one answer says of a shard. */
  private static final class Shard {

    private long records;
    private String last = "";

    void add(String sequenceNumber) {
      records++;
      if (last.isEmpty() || Position.endOf(sequenceNumber).isAfter(Position.endOf(last))) {
        last = sequenceNumber;
      }
    }
  }
}

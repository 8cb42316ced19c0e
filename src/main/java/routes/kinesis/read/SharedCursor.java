package routes.kinesis.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.kinesis.read.SharedReads.Answer;
import routes.kinesis.read.SharedReads.Place;
import routes.ledger.Position;

/**
 * Walks one shard in company: what another reader of this process has just read from the same
 * place, this one does not ask Kinesis for.
 */
final class SharedCursor {

  private final SharedReads reads;
  private final int batchSize;
  private final ShardCursor cursor;

  /**
   * @param batchSize how many records a read brings at most
   * @param position where to begin
   */
  SharedCursor(SharedReads reads, int batchSize, SourceShard shard, Position position) {
    this.reads = reads;
    this.batchSize = batchSize;
    this.cursor = ShardCursor.at(reads.kinesis(), batchSize, shard, position);
  }

  /**
   * Reads on. Whatever Kinesis throws leaves the cursor where it was.
   *
   * @param pauseMillis how often this reader asks: that there was no more holds for as long
   */
  ShardRead read(long pauseMillis) {
    List<Answer> known = known(pauseMillis);
    if (!known.isEmpty()) {
      return joined(known);
    }
    Place place = cursor.place();
    Instant before = reads.now();
    ShardRead own = cursor.read();
    Answer other = reads.at(place);
    if (other != null && !other.at().isBefore(before)) {
      // Two that ask at once would do so for ever: the second to hear follows from now on.
      return own.asOf(age(other));
    }
    if (!own.isEmpty() || !own.isBehind()) {
      reads.tell(place, own, cursor.iterator());
    }
    return own;
  }

  /** What others have read from here on, one after the other. */
  private List<Answer> known(long pauseMillis) {
    List<Answer> known = new ArrayList<>();
    int records = 0;
    Answer next = reads.at(cursor.place());
    while (next != null && isUsable(next, batchSize - records, pauseMillis)) {
      known.add(next);
      records += next.read().records().size();
      cursor.follow(next);
      next = next.read().isEmpty() || next.read().end() ? null : reads.at(cursor.place());
    }
    return known;
  }

  private boolean isUsable(Answer answer, int room, long pauseMillis) {
    ShardRead read = answer.read();
    if (read.isEmpty() && !read.end()) {
      return age(answer).toMillis() < pauseMillis;
    }
    return read.records().size() <= room;
  }

  private ShardRead joined(List<Answer> known) {
    Answer last = known.get(known.size() - 1);
    return new ShardRead(
            known.stream().flatMap(answer -> answer.read().records().stream()).toList(),
            last.read().hashKeys(),
            last.read().behindMillis(),
            last.read().end(),
            known.stream().anyMatch(answer -> answer.read().renewed()))
        .asOf(age(last));
  }

  private Duration age(Answer answer) {
    return Duration.between(answer.at(), reads.now());
  }
}

package routes.delivery;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this process has put into the lake since its start. */
@ThreadSafe
public final class DeliveryCounts {

  private final Map<String, LongAdder> records = new ConcurrentHashMap<>();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final Map<CloseReason, LongAdder> objects = new EnumMap<>(CloseReason.class);

  public DeliveryCounts() {
    for (CloseReason reason : CloseReason.values()) {
      objects.put(reason, new LongAdder());
    }
  }

  /** Records written, without the copies that were left out. */
  public long records() {
    return records.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Those that came by one stream. */
  public long records(String stream) {
    return of(stream).sum();
  }

  /** Their lines, before compression. */
  public long bytes() {
    return bytes.sum();
  }

  /** Copies of records, left out. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Objects found in place of one of this process's own, after which it resumed. */
  public long resumed() {
    return resumed.sum();
  }

  /** Objects written, by what closed their batch. */
  public long objects(CloseReason reason) {
    return counter(reason).sum();
  }

  void put(Batch batch) {
    int lines = batch.lines();
    of(batch.shard().stream()).add(lines);
    bytes.add(batch.bytes());
    duplicates.add(batch.count() - (long) lines);
    counter(batch.closedBy()).increment();
  }

  void resume() {
    resumed.increment();
  }

  private LongAdder of(String stream) {
    return records.computeIfAbsent(stream, first -> new LongAdder());
  }

  private LongAdder counter(CloseReason reason) {
    return Objects.requireNonNull(objects.get(reason));
  }
}

package routes.errors;

import com.google.errorprone.annotations.ThreadSafe;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many events were put, and refused. */
@ThreadSafe
public final class EventCounts {

  /** Why CloudWatch Logs does not take an event. */
  public enum Refusal {
    /** Of more than 14 days ago, or longer ago than the group keeps events. */
    OLD,
    /** More than two hours ahead. */
    NEW,
    /** For what its message is, such as too large. */
    INVALID;

    /** As labels name it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LongAdder put = new LongAdder();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

  EventCounts() {
    for (Refusal why : Refusal.values()) {
      refused.put(why, new LongAdder());
    }
  }

  void addPut(int events) {
    put.add(events);
  }

  void addRefused(Refusal why, int events) {
    of(why).add(events);
  }

  /** Events in the group, as far as this process put them. */
  public long put() {
    return put.sum();
  }

  /** Events that are not in the group, as far as this process was told so. */
  public long refused(Refusal why) {
    return of(why).sum();
  }

  private LongAdder of(Refusal why) {
    LongAdder adder = refused.get(why);
    if (adder == null) {
      throw new AssertionError(why);
    }
    return adder;
  }
}

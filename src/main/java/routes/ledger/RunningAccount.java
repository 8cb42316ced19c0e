package routes.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The account of a shard that is being read. Not thread-safe. */
final class RunningAccount {

  private static final long ARRIVALS_KEPT_HOURS = 24;

  /** What comes later than that is counted by its arrival, and no more by its group. */
  private static final long GROUPS_KEPT_HOURS = 2;

  /** All of them are written with each checkpoint. */
  private static final int MAX_GROUPS = 500;

  private final TreeMap<Long, Map<String, ObjectSum>> groups = new TreeMap<>();
  private long since;
  private long groupsSince;
  private Position readTo;
  private Arrivals arrivals;
  private long newest = Long.MIN_VALUE;
  private long reading = Long.MIN_VALUE;
  private long elements;

  RunningAccount(Account start) {
    since = start.since();
    groupsSince = start.groupsSince();
    readTo = start.readTo();
    arrivals = start.arrivals();
    start.groups().forEach((hour, sums) -> groups.put(hour, new HashMap<>(sums)));
    if (!arrivals.byHour().isEmpty()) {
      newest = arrivals.byHour().lastKey();
    }
  }

  /** Counts what one Kinesis record holds, unless it was counted before. */
  void read(String sequenceNumber, Instant arrival, int count) {
    Position end = Position.endOf(sequenceNumber);
    if (!end.isAfter(readTo)) {
      return;
    }
    readTo = end;
    long hour = Arrivals.hour(arrival);
    if (hour != reading) {
      addRead();
      reading = hour;
      forgetBefore(hour);
    }
    elements += count;
  }

  void add(Arrivals counts) {
    arrivals = arrivals.plus(counts.from(since));
  }

  void add(String group, AccountedObject object) {
    add(object.arrivals());
    if (!object.counts(since, groupsSince)) {
      return;
    }
    groups
        .computeIfAbsent(object.hour(), none -> new HashMap<>())
        .merge(
            group,
            ObjectSum.of(object.name(), object.bytes(), object.arrivals().total().records()),
            ObjectSum::plus);
    while (groups.values().stream().mapToInt(Map::size).sum() > MAX_GROUPS) {
      groupsSince = groups.firstKey() + 1;
      groups.pollFirstEntry();
    }
  }

  /** Forgets all, as nobody knows what was delivered; what arrives after that hour counts again. */
  void beginAnewAfter(long hour) {
    since = hour + 1;
    arrivals = Arrivals.NONE;
    elements = 0;
    groups.clear();
  }

  Account now() {
    addRead();
    return new Account(since, groupsSince, readTo, arrivals, groups);
  }

  private void addRead() {
    if (elements > 0 && reading >= since) {
      arrivals = arrivals.plus(Arrivals.of(reading, HourCount.read(elements)));
    }
    elements = 0;
  }

  private void forgetBefore(long hour) {
    if (newest != Long.MIN_VALUE && hour > newest) {
      groupsSince = Math.max(groupsSince, hour - GROUPS_KEPT_HOURS);
      groups.headMap(groupsSince).clear();
      arrivals = arrivals.from(hour - ARRIVALS_KEPT_HOURS);
    }
    newest = Math.max(newest, hour);
  }
}

package routes.ledger;

import java.util.Arrays;

/**
 * A hash table from 128-bit keys to the time they were last seen, 24 bytes a slot, with open
 * addressing. When it has filled up it is made anew without what is older than the window, and
 * without the older half of the rest where the memory allowed does not hold it.
 */
final class SightingTable {

  static final long NEVER = Long.MIN_VALUE;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int SLOT_BYTES = 24;

  private final long windowMillis;
  private final int maxSlots;
  private long[] keys = new long[2 * FIRST_SLOTS];
  private long[] times = new long[FIRST_SLOTS];
  private boolean[] taken = new boolean[FIRST_SLOTS];
  private int used;
  private long latest;
  private volatile long reachMillis;

  SightingTable(long windowMillis, long maxBytes) {
    this.windowMillis = windowMillis;
    this.reachMillis = windowMillis;
    long slots = Math.max(FIRST_SLOTS, Math.min(maxBytes / SLOT_BYTES, 1 << 28));
    this.maxSlots = (int) Long.highestOneBit(slots);
  }

  /** Sets when the key was last seen and answers what stood there, or {@link #NEVER}. */
  long put(long high, long low, long time) {
    latest = Math.max(latest, time);
    int slot = find(high, low);
    if (taken[slot]) {
      long before = times[slot];
      times[slot] = time;
      return before;
    }
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    times[slot] = time;
    taken[slot] = true;
    used++;
    if (2L * used > times.length) {
      rebuild();
    }
    return NEVER;
  }

  /** Takes over what another one has, where that is later. */
  void addAll(SightingTable other) {
    for (int slot = 0; slot < other.times.length; slot++) {
      if (other.taken[slot]) {
        long high = other.keys[2 * slot];
        long low = other.keys[2 * slot + 1];
        long before = put(high, low, other.times[slot]);
        if (before > other.times[slot]) {
          put(high, low, before);
        }
      }
    }
  }

  /** The memory it uses. */
  long bytes() {
    return (long) times.length * SLOT_BYTES;
  }

  /** How far back it remembers, in milliseconds: the window, or less where memory was short. */
  long reachMillis() {
    return reachMillis;
  }

  private int find(long high, long low) {
    int mask = times.length - 1;
    int slot = (int) low & mask;
    while (taken[slot] && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rebuild() {
    long[] oldKeys = keys;
    long[] live = liveTimes();
    long oldest = latest - windowMillis;
    int slots = FIRST_SLOTS;
    while (slots < 4L * live.length && slots < maxSlots) {
      slots *= 2;
    }
    int room = slots / 4;
    if (live.length > room) {
      Arrays.sort(live);
      oldest = live[live.length - room];
      reachMillis = latest - oldest;
    }
    long[] oldTimes = times;
    boolean[] oldTaken = taken;
    keys = new long[2 * slots];
    times = new long[slots];
    taken = new boolean[slots];
    used = 0;
    // Many may have been seen in the same millisecond; there is room for some of them.
    for (int old = 0; old < oldTimes.length && used < room; old++) {
      if (oldTaken[old] && oldTimes[old] >= oldest) {
        int slot = find(oldKeys[2 * old], oldKeys[2 * old + 1]);
        keys[2 * slot] = oldKeys[2 * old];
        keys[2 * slot + 1] = oldKeys[2 * old + 1];
        times[slot] = oldTimes[old];
        taken[slot] = true;
        used++;
      }
    }
  }

  private long[] liveTimes() {
    long oldest = latest - windowMillis;
    long[] live = new long[used];
    int count = 0;
    for (int slot = 0; slot < times.length; slot++) {
      if (taken[slot] && times[slot] >= oldest) {
        live[count++] = times[slot];
      }
    }
    return Arrays.copyOf(live, count);
  }
}

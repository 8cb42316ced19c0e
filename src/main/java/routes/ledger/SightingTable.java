package routes.ledger;

import java.util.Arrays;

/**
 * A hash table from 128-bit keys to the time they were last seen, with open addressing. When it has
 * filled up it is made anew without what is older than the window, and without the older ones of
 * the rest where the memory granted does not hold them.
 */
final class SightingTable {

  static final long NEVER = Long.MIN_VALUE;

  /**
   * Two longs of the key and one of the time, side by side: looking one up is one look into memory.
   */
  static final int SLOT_BYTES = 3 * Long.BYTES;

  /** In place of a time where there is no key. */
  private static final long EMPTY = Long.MIN_VALUE + 1;

  /** How finely it tells the older ones from the rest. */
  private static final int AGES = 1024;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MAX_SLOTS = 1 << 28;

  private final long windowMillis;
  private final WindowMemory memory;
  private long[] table = empty(FIRST_SLOTS);
  private int used;
  private long latest;
  private long forgottenTo = NEVER;
  private volatile long reachMillis;

  SightingTable(long windowMillis, WindowMemory memory) {
    this.windowMillis = windowMillis;
    this.reachMillis = windowMillis;
    this.memory = memory;
    memory.open(FIRST_SLOTS);
  }

  /** Sets when the key was last seen and answers what stood there, or {@link #NEVER}. */
  long put(long high, long low, long time) {
    latest = Math.max(latest, time);
    int at = find(high, low);
    long before = table[at + 2];
    if (before != EMPTY) {
      table[at + 2] = time;
      return before;
    }
    set(at, high, low, time);
    if (4L * used > 3L * slots()) {
      rebuild();
    }
    return NEVER;
  }

  /** Takes over what another one has, where that is later. */
  void addAll(SightingTable other) {
    for (int at = 0; at < other.table.length; at += 3) {
      long time = other.table[at + 2];
      if (time != EMPTY) {
        long before = put(other.table[at], other.table[at + 1], time);
        if (before > time) {
          put(other.table[at], other.table[at + 1], before);
        }
      }
    }
  }

  /** Gives memory back that others want. */
  void trim() {
    if (memory.wantsBack(slots())) {
      rebuild();
    }
  }

  /** The memory is from now on another's to count; nothing may be put any more. */
  void close() {
    memory.close(slots());
  }

  /** The memory it uses. */
  long bytes() {
    return (long) slots() * SLOT_BYTES;
  }

  /** How far back it remembers, in milliseconds: the window, or less where memory was short. */
  long reachMillis() {
    return reachMillis;
  }

  private int slots() {
    return table.length / 3;
  }

  private static long[] empty(int slots) {
    long[] table = new long[3 * slots];
    Arrays.fill(table, EMPTY);
    return table;
  }

  /** Where the key's slot begins, which has it or is empty. */
  private int find(long high, long low) {
    int mask = slots() - 1;
    int slot = (int) low & mask;
    while (!isFor(3 * slot, high, low)) {
      slot = (slot + 1) & mask;
    }
    return 3 * slot;
  }

  private boolean isFor(int at, long high, long low) {
    return table[at + 2] == EMPTY || (table[at] == high && table[at + 1] == low);
  }

  private void set(int at, long high, long low, long time) {
    table[at] = high;
    table[at + 1] = low;
    table[at + 2] = time;
    used++;
  }

  private void rebuild() {
    long since = oldestLive();
    long width = (latest - since) / AGES + 1;
    int[] byAge = new int[AGES];
    int live = 0;
    for (int at = 0; at < table.length; at += 3) {
      if (table[at + 2] >= since) {
        byAge[age(table[at + 2], width)]++;
        live++;
      }
    }
    int wanted = FIRST_SLOTS;
    while (wanted < 2L * live && wanted < MAX_SLOTS) {
      wanted *= 2;
    }
    int slots = memory.resize(slots(), wanted, FIRST_SLOTS);
    // Of the last age that is kept there is room for some only, where not all fit.
    int room = Math.min(live, slots / 2);
    int lastAge = 0;
    while (lastAge < AGES - 1 && byAge[lastAge] <= room) {
      room -= byAge[lastAge];
      lastAge++;
    }
    if (byAge[lastAge] > room) {
      forgottenTo = latest - lastAge * width;
    }
    reachMillis = forgottenTo < latest - windowMillis ? windowMillis : latest - forgottenTo;
    long[] old = table;
    table = empty(slots);
    used = 0;
    for (int at = 0; at < old.length; at += 3) {
      long time = old[at + 2];
      if (time >= since) {
        int age = age(time, width);
        if (age < lastAge || (age == lastAge && room-- > 0)) {
          set(find(old[at], old[at + 1]), old[at], old[at + 1], time);
        }
      }
    }
  }

  /** The earliest time within the window. */
  private long oldestLive() {
    long oldest = latest;
    for (int at = 0; at < table.length; at += 3) {
      if (table[at + 2] >= latest - windowMillis) {
        oldest = Math.min(oldest, table[at + 2]);
      }
    }
    return oldest;
  }

  private int age(long time, long width) {
    return (int) ((latest - time) / width);
  }
}

package routes.ledger;

/**
 * A hash table from 128-bit keys to the time they were last seen, with open addressing. When it has
 * filled up it is made anew without what is older than the window, and without the older ones of
 * the rest where the memory granted does not hold them.
 */
final class SightingTable {

  static final long NEVER = Long.MIN_VALUE;

  /** Two longs of the key, one of the time, and whether the slot is taken. */
  static final int SLOT_BYTES = 25;

  /** How finely it tells the older ones from the rest. */
  private static final int AGES = 1024;

  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MAX_SLOTS = 1 << 28;

  private final long windowMillis;
  private final WindowMemory memory;
  private long[] keys = new long[2 * FIRST_SLOTS];
  private long[] times = new long[FIRST_SLOTS];
  private boolean[] taken = new boolean[FIRST_SLOTS];
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
    int slot = find(high, low);
    if (taken[slot]) {
      long before = times[slot];
      times[slot] = time;
      return before;
    }
    set(slot, high, low, time);
    if (4L * used > 3L * times.length) {
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

  /** Gives memory back that others want. */
  void trim() {
    if (memory.wantsBack(times.length)) {
      rebuild();
    }
  }

  /** The memory is from now on another's to count; nothing may be put any more. */
  void close() {
    memory.close(times.length);
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

  private void set(int slot, long high, long low, long time) {
    keys[2 * slot] = high;
    keys[2 * slot + 1] = low;
    times[slot] = time;
    taken[slot] = true;
    used++;
  }

  private void rebuild() {
    long since = oldestLive();
    long width = (latest - since) / AGES + 1;
    int[] byAge = new int[AGES];
    int live = 0;
    for (int slot = 0; slot < times.length; slot++) {
      if (isLive(slot, since)) {
        byAge[age(times[slot], width)]++;
        live++;
      }
    }
    int wanted = FIRST_SLOTS;
    while (wanted < 2L * live && wanted < MAX_SLOTS) {
      wanted *= 2;
    }
    int slots = memory.resize(times.length, wanted, FIRST_SLOTS);
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
    long[] oldKeys = keys;
    long[] oldTimes = times;
    boolean[] oldTaken = taken;
    keys = new long[2 * slots];
    times = new long[slots];
    taken = new boolean[slots];
    used = 0;
    for (int old = 0; old < oldTimes.length; old++) {
      long time = oldTimes[old];
      if (oldTaken[old] && time >= since) {
        int age = age(time, width);
        if (age < lastAge || (age == lastAge && room-- > 0)) {
          long high = oldKeys[2 * old];
          long low = oldKeys[2 * old + 1];
          set(find(high, low), high, low, time);
        }
      }
    }
  }

  /** The earliest time within the window. */
  private long oldestLive() {
    long oldest = latest;
    for (int slot = 0; slot < times.length; slot++) {
      if (isLive(slot, latest - windowMillis)) {
        oldest = Math.min(oldest, times[slot]);
      }
    }
    return oldest;
  }

  private boolean isLive(int slot, long since) {
    return taken[slot] && times[slot] >= since;
  }

  private int age(long time, long width) {
    return (int) ((latest - time) / width);
  }
}

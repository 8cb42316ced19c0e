package routes.record;

/**
 * The names within the objects of one record so far, by their hashes: tells a name that is surely
 * new from one that may be there twice. Used again for the next record; not thread-safe.
 */
final class SeenNames {

  private static final int SLOTS = 1024;
  private static final int MAX_PROBES = 8;
  private static final int SPREAD = 0x9E3779B9;
  private static final int OBJECT_SPREAD = 0x85EBCA6B;
  private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);

  /** In the upper half the record it is of, in the lower a hash of name and object. */
  private final long[] seen = new long[SLOTS];

  private long record;
  private int objects;
  private boolean doubtful;

  /** Forgets all names. */
  void next() {
    record++;
    objects = 0;
    doubtful = false;
  }

  /** A number for the object that begins here. */
  int object() {
    return objects++;
  }

  /** Adds a name by its hash, of which all names of one record must have the same kind. */
  void add(int nameHash, int object) {
    int hash = (nameHash + object * OBJECT_SPREAD) * SPREAD;
    long entry = record << Integer.SIZE | Integer.toUnsignedLong(hash);
    int slot = hash >>> SHIFT;
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      long found = seen[slot];
      if (found >>> Integer.SIZE != entry >>> Integer.SIZE) {
        seen[slot] = entry;
        return;
      }
      if (found == entry) {
        break;
      }
      slot = (slot + 1) % SLOTS;
    }
    doubtful = true;
  }

  /** Whether a name may be there twice in one object. */
  boolean isDoubtful() {
    return doubtful;
  }
}

package routes.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Remembers which records of a shard were seen lately, so that a copy of one is recognised: same
 * service, same hour, same id, arrived at most a window after the last sighting, by arrival times.
 * Every sighting counts anew.
 *
 * <p>What a read has shown becomes final with {@link #commit}; before the same records are looked
 * at again, {@link #rollback} forgets it, or each would be taken for its own copy. For one thread
 * at a time.
 */
public final class DuplicateWindow {

  /** Another one in every process, so that nobody can prepare ids that collide. */
  private static final int SEED = ThreadLocalRandom.current().nextInt();

  private final long windowMillis;
  private final SightingTable sightings;
  private final byte[] usualKey = new byte[512];
  private long[] journal = new long[3 * 256];
  private int journalled;

  /**
   * @param windowMillis 0 = no record is ever taken for a copy
   * @param memory when it is too little for all sightings of a window, the oldest are forgotten
   *     early
   */
  public DuplicateWindow(long windowMillis, WindowMemory memory) {
    this.windowMillis = windowMillis;
    this.sightings = new SightingTable(windowMillis, memory);
  }

  /** Whether the record is a copy of one seen before; either way it has now been seen. */
  public boolean isCopy(String service, long epochHour, String id, long arrivalMillis) {
    if (windowMillis == 0) {
      return false;
    }
    long[] hash = hash(service, epochHour, id);
    long before = sightings.put(hash[0], hash[1], arrivalMillis);
    if (before > arrivalMillis) {
      sightings.put(hash[0], hash[1], before);
    }
    remember(hash[0], hash[1], before);
    return before != SightingTable.NEVER && arrivalMillis - before <= windowMillis;
  }

  /** The read is in the route's care: what it has shown stays. */
  public void commit() {
    journalled = 0;
  }

  /** The read is to be looked at again: what it has shown is forgotten. */
  public void rollback() {
    while (journalled > 0) {
      journalled -= 3;
      sightings.put(journal[journalled], journal[journalled + 1], journal[journalled + 2]);
    }
  }

  /** From now on remembers as well what another one does, which must not change meanwhile. */
  public void addAll(DuplicateWindow other) {
    sightings.addAll(other.sightings);
  }

  /** Gives memory back that the windows of other shards want. */
  public void trim() {
    sightings.trim();
  }

  /** It changes no more, and its memory is another's to count; to be called once. */
  public void close() {
    sightings.close();
  }

  /** The memory it uses for what it remembers, in bytes. */
  public long bytes() {
    return sightings.bytes();
  }

  /** How far back it remembers, in milliseconds: the window, or less where memory was short. */
  public long reachMillis() {
    return sightings.reachMillis();
  }

  private long[] hash(String service, long epochHour, String id) {
    byte[] serviceBytes = service.getBytes(UTF_8);
    byte[] idBytes = id.getBytes(UTF_8);
    int length = Integer.BYTES + Long.BYTES + serviceBytes.length + idBytes.length;
    byte[] key = length > usualKey.length ? new byte[length] : usualKey;
    ByteBuffer.wrap(key)
        .putInt(serviceBytes.length)
        .putLong(epochHour)
        .put(serviceBytes)
        .put(idBytes);
    return MurmurHash3.hash128x64(key, 0, length, SEED);
  }

  private void remember(long high, long low, long before) {
    if (journalled == journal.length) {
      journal = Arrays.copyOf(journal, 2 * journal.length);
    }
    journal[journalled] = high;
    journal[journalled + 1] = low;
    journal[journalled + 2] = before;
    journalled += 3;
  }
}

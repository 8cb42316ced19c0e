package routes.dashboard.lake;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import routes.dashboard.query.HexIds;
import routes.json.ByteSlice;

/**
 * What ids there are in objects that were read to their end for one, so that they need not be read
 * again for another that they do not have. It is in memory, for the objects put last.
 */
@ThreadSafe
final class KnownIds {

  /** How many of a hundred objects are read for nothing. */
  private static final double MISTAKEN = 0.02;

  private static final double BITS_AN_ID = -Math.log(MISTAKEN) / Math.pow(Math.log(2), 2);

  /** Of an object, beside its key and its ids. */
  private static final int OVERHEAD_BYTES = 400;

  /** Whose windows of digits are more is hardly made of ids. */
  private static final int MOST_IDS = 1 << 16;

  private final long mostBytes;

  @GuardedBy("this")
  private final TreeMap<Place, Known> objects =
      new TreeMap<>(
          Comparator.comparing(Place::modified)
              .thenComparing(Place::key)
              .thenComparing(Place::bucket)
              .thenComparing(Place::size));

  @GuardedBy("this")
  private long bytes;

  /** An object as it was put: the time is in whole seconds, and it may be put twice in one. */
  private record Place(Instant modified, String key, String bucket, long size) {

    static Place of(String bucket, LakeObject object) {
      return new Place(object.modified(), object.key(), bucket, object.bytes());
    }
  }

  private record Known(BloomFilter<Long> ids, long records, long bytes) {}

  /** The ids of an object, while it is read. For one thread. */
  static final class Ids {

    private long[] ids = new long[256];
    private int size;
    private boolean complete = true;

    void add(ByteSlice line) {
      complete = complete && !HexIds.areHidden(line) && HexIds.visit(line, this::add);
    }

    private boolean add(long id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
      return size < MOST_IDS;
    }
  }

  /**
   * @param mostBytes what they may take in memory
   */
  KnownIds(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** How many records an object has that is known to lack one of the ids; empty when it may not. */
  OptionalLong without(Set<Long> ids, String bucket, LakeObject object) {
    if (ids.isEmpty()) {
      return OptionalLong.empty();
    }
    Known known = known(Place.of(bucket, object));
    return known == null || ids.stream().allMatch(known.ids()::mightContain)
        ? OptionalLong.empty()
        : OptionalLong.of(known.records());
  }

  private synchronized @Nullable Known known(Place place) {
    return objects.get(place);
  }

  /**
   * Takes note of an object.
   *
   * @param records how many it has
   */
  void learn(String bucket, LakeObject object, Ids found, long records) {
    if (!found.complete) {
      return;
    }
    long[] ids = LongStream.of(found.ids).limit(found.size).sorted().distinct().toArray();
    BloomFilter<Long> filter = BloomFilter.create(Funnels.longFunnel(), ids.length, MISTAKEN);
    for (long id : ids) {
      filter.put(id);
    }
    long taken = OVERHEAD_BYTES + object.key().length() + (long) (ids.length * BITS_AN_ID / 8);
    learn(Place.of(bucket, object), new Known(filter, records, taken));
  }

  private synchronized void learn(Place place, Known known) {
    if (objects.putIfAbsent(place, known) == null) {
      bytes += known.bytes();
    }
    while (bytes > mostBytes) {
      bytes -= objects.pollFirstEntry().getValue().bytes();
    }
  }
}

package routes.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.json.ByteHash;
import routes.signal.Signal;

/**
 * Numbers the places where the names in {@link FieldNames} can stand. A name has one place for each
 * way its dots can be read: {@code a.b.c} is a field of that name, a field {@code b.c} of an object
 * {@code a}, a field {@code c} of an object {@code a.b}, or one of an object {@code b} in an object
 * {@code a}. Not changed once built.
 */
final class FieldIndex {

  static final int NO_SLOT = -1;

  private static final Set<Field> OF_POINTS =
      EnumSet.of(
          Field.NAME,
          Field.VALUE,
          Field.FLAGS,
          Field.COUNT,
          Field.SUM,
          Field.EXPLICIT_BOUNDS,
          Field.BUCKET_COUNTS,
          Field.ZERO_COUNT,
          Field.POSITIVE_COUNTS,
          Field.NEGATIVE_COUNTS);

  private static final Set<Field> OF_SPANS =
      EnumSet.of(Field.TRACE_ID, Field.SPAN_ID, Field.KIND, Field.END_TIMESTAMP);

  /** Names that mean something within one object. */
  static final class Names {

    private static final int SLOTS = 256;

    /** A name as it stands in JSON, and another one of the same slot. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Named(byte[] name, Entry entry, @Nullable Named next) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final @Nullable Named[] byHash = new Named[SLOTS];

    @Nullable Entry find(String name) {
      return entries.get(name);
    }

    /**
     * The same of a name between two indexes of bytes in UTF-8.
     *
     * @param hash its {@link ByteHash}
     */
    @Nullable Entry find(byte[] b, int from, int to, int hash) {
      for (Named found = byHash[hash & (SLOTS - 1)]; found != null; found = found.next) {
        if (Arrays.equals(b, from, to, found.name, 0, found.name.length)) {
          return found.entry;
        }
      }
      return null;
    }

    private Entry entry(String name) {
      Entry known = entries.get(name);
      if (known != null) {
        return known;
      }
      Entry entry = new Entry();
      entries.put(name, entry);
      byte[] bytes = name.getBytes(UTF_8);
      int slot = ByteHash.of(bytes, 0, bytes.length) & (SLOTS - 1);
      byHash[slot] = new Named(bytes, entry, byHash[slot]);
      return entry;
    }
  }

  /** What one name is for within an object. */
  static final class Entry {

    private int slot = NO_SLOT;
    private @Nullable Names inside;

    /** The place's number, or {@link #NO_SLOT} when only names inside it have one. */
    int slot() {
      return slot;
    }

    /** The names that mean something inside an object of this name, or null. */
    @Nullable Names inside() {
      return inside;
    }
  }

  /**
   * A place where a field's value can stand.
   *
   * @param name what leads there
   * @param top whether that is the name of a field of the record itself, dots and all
   */
  record Place(int slot, String name, boolean top) {}

  private final Names top = new Names();
  private final Map<Field, Place[]> places = new EnumMap<>(Field.class);
  private final Map<Field, Integer> canonicalSlots = new EnumMap<>(Field.class);
  private int size;

  FieldIndex(FieldNames names) {
    add(Field.TIMESTAMP, names.timestamp());
    add(Field.SERVICE, names.service());
    add(Field.LEVEL, names.level());
    add(Field.MESSAGE, names.message());
    add(Field.RECORD_ID, List.of(Field.RECORD_ID.canonicalName()));
    add(Field.INGEST_ID, List.of(Field.INGEST_ID.canonicalName()));
    add(Field.REPLAYED, List.of(Field.REPLAYED.canonicalName()));
  }

  /**
   * What the records of a signal have. Only logs have a level and a message that may come under
   * other names; the words for those, such as {@code status}, mean something else elsewhere.
   */
  static FieldIndex of(Signal signal, FieldNames names) {
    if (signal == Signal.LOGS) {
      return new FieldIndex(names);
    }
    FieldIndex index =
        new FieldIndex(
            new FieldNames(
                names.timestamp(),
                names.service(),
                List.of(Field.LEVEL.canonicalName()),
                List.of(Field.MESSAGE.canonicalName())));
    for (Field field : signal == Signal.METRICS ? OF_POINTS : OF_SPANS) {
      index.add(field, List.of(field.canonicalName()));
    }
    return index;
  }

  /** The names at the top of a record. */
  Names top() {
    return top;
  }

  /** How many slots there are. */
  int size() {
    return size;
  }

  /** The places of a field's values, in the order in which they count. */
  Place[] places(Field field) {
    return Objects.requireNonNull(places.get(field));
  }

  /** The slot of a field's canonical name. */
  int canonicalSlot(Field field) {
    return Objects.requireNonNull(canonicalSlots.get(field));
  }

  private void add(Field field, List<String> fieldNames) {
    List<Place> found = new ArrayList<>();
    for (String name : fieldNames) {
      addPlaces(top, name, name, found);
    }
    places.put(field, found.toArray(Place[]::new));
    Entry canonical = Objects.requireNonNull(top.find(field.canonicalName()));
    canonicalSlots.put(field, canonical.slot);
  }

  private void addPlaces(Names names, String rest, String name, List<Place> found) {
    Entry entry = names.entry(rest);
    if (entry.slot == NO_SLOT) {
      entry.slot = size++;
    }
    found.add(new Place(entry.slot, name, names == top));
    for (int dot = rest.indexOf('.', 1);
        dot > 0 && dot < rest.length() - 1;
        dot = rest.indexOf('.', dot + 1)) {
      Entry parent = names.entry(rest.substring(0, dot));
      if (parent.inside == null) {
        parent.inside = new Names();
      }
      addPlaces(parent.inside, rest.substring(dot + 1), name, found);
    }
  }
}

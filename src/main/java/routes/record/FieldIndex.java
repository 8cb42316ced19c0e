package routes.record;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the names in {@link FieldNames}: each name has a slot, found with one look-up, and each
 * field has the slots of its names in the order in which they count. Not changed once built.
 */
final class FieldIndex {

  static final int NO_SLOT = -1;

  /**
   * What a name at the top of a record is for.
   *
   * @param slot the name's own slot, or {@link #NO_SLOT} when only names inside it have one
   * @param inside the slots of the names inside an object of this name
   */
  record Entry(int slot, Map<String, Integer> inside) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<Field, int[]> slotsByField = new EnumMap<>(Field.class);
  private final Map<Field, Integer> canonicalSlots = new EnumMap<>(Field.class);

  FieldIndex(FieldNames names) {
    add(Field.TIMESTAMP, names.timestamp());
    add(Field.SERVICE, names.service());
    add(Field.LEVEL, names.level());
    add(Field.MESSAGE, names.message());
    add(Field.RECORD_ID, List.of(Field.RECORD_ID.canonicalName()));
    add(Field.INGEST_ID, List.of(Field.INGEST_ID.canonicalName()));
    add(Field.REPLAYED, List.of(Field.REPLAYED.canonicalName()));
  }

  @Nullable Entry find(String name) {
    return entries.get(name);
  }

  int size() {
    return slots.size();
  }

  int[] slots(Field field) {
    return Objects.requireNonNull(slotsByField.get(field));
  }

  int canonicalSlot(Field field) {
    return Objects.requireNonNull(canonicalSlots.get(field));
  }

  private void add(Field field, List<String> names) {
    slotsByField.put(field, names.stream().mapToInt(this::slot).toArray());
    canonicalSlots.put(field, slot(field.canonicalName()));
  }

  private int slot(String name) {
    Integer known = slots.get(name);
    if (known != null) {
      return known;
    }
    int slot = slots.size();
    slots.put(name, slot);
    Entry entry = entries.get(name);
    entries.put(name, new Entry(slot, entry == null ? new HashMap<>() : entry.inside()));
    int dot = name.indexOf('.');
    if (dot > 0 && dot < name.length() - 1) {
      entries
          .computeIfAbsent(name.substring(0, dot), parent -> new Entry(NO_SLOT, new HashMap<>()))
          .inside()
          .put(name.substring(dot + 1), slot);
    }
    return slot;
  }
}

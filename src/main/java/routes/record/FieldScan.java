package routes.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the fields that mean something lie in the JSON of one record. */
final class FieldScan {

  private static final int ABSENT = -1;

  private final ByteSlice record;
  private final FieldIndex index;
  private final int[] starts;
  private boolean empty = true;

  FieldScan(ByteSlice record, FieldIndex index) {
    this.record = record;
    this.index = index;
    this.starts = new int[index.size()];
    Arrays.fill(starts, ABSENT);
  }

  void sawField() {
    empty = false;
  }

  /** Notes that the value for a slot starts at a byte of the record; the last one counts. */
  void found(int slot, int start) {
    starts[slot] = start;
  }

  void forget(int slot) {
    starts[slot] = ABSENT;
  }

  ByteSlice record() {
    return record;
  }

  /** Whether the record is {@code {}}. */
  boolean isEmpty() {
    return empty;
  }

  /** Whether the record has the field under its canonical name, whatever its value. */
  boolean hasCanonical(Field field) {
    return starts[index.canonicalSlot(field)] != ABSENT;
  }

  /** Where the value under the canonical name starts; only if {@link #hasCanonical}. */
  int canonicalStart(Field field) {
    return starts[index.canonicalSlot(field)];
  }

  /** The first text, number or boolean among the field's names, or null when there is none. */
  @Nullable JsonScalar first(Field field) {
    for (int slot : index.slots(field)) {
      if (starts[slot] != ABSENT) {
        JsonScalar value = JsonScalar.at(record, starts[slot]);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }
}

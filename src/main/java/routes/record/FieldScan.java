package routes.record;

import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.JsonScalar;

/** Where the fields that mean something lie in the JSON of one record, and which of them count. */
final class FieldScan {

  /** No value starts where the record does. */
  static final int ABSENT = 0;

  private final ByteSlice record;
  private final FieldIndex index;
  private final int[] starts;
  private boolean empty = true;
  private @Nullable JsonScalar service;
  private @Nullable JsonScalar time;

  FieldScan(ByteSlice record, FieldIndex index) {
    this.record = record;
    this.index = index;
    this.starts = new int[index.size()];
  }

  void sawField() {
    empty = false;
  }

  /** Notes that the value for a slot starts at a byte of the record. */
  void found(int slot, int start) {
    starts[slot] = start;
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
    return canonicalStart(field) != ABSENT;
  }

  /** Where the value under the canonical name starts; only if {@link #hasCanonical}. */
  int canonicalStart(Field field) {
    return starts[index.canonicalSlot(field)];
  }

  /** The value under the canonical name, or null when there is none that could count. */
  @Nullable JsonScalar canonical(Field field) {
    return value(index.canonicalSlot(field));
  }

  /** The places where the field's values can stand, in the order in which they count. */
  FieldIndex.Place[] places(Field field) {
    return index.places(field);
  }

  /**
   * The text, number or boolean in a place, or null when none is there that could count: null, an
   * object, an array and a text of white space do not.
   */
  @Nullable JsonScalar value(FieldIndex.Place place) {
    return value(place.slot());
  }

  private @Nullable JsonScalar value(int slot) {
    if (starts[slot] == ABSENT) {
      return null;
    }
    JsonScalar value = JsonScalar.at(record, starts[slot]);
    return value == null || value.isBlank() ? null : value;
  }

  /** The first value that could count for the field, or null when there is none. */
  @Nullable JsonScalar first(Field field) {
    for (FieldIndex.Place place : index.places(field)) {
      JsonScalar value = value(place);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Where the first value for the field starts, whatever it is, or {@link #ABSENT}. */
  int start(Field field) {
    for (FieldIndex.Place place : index.places(field)) {
      if (starts[place.slot()] != ABSENT) {
        return starts[place.slot()];
      }
    }
    return ABSENT;
  }

  /** Whether a field of that name can be appended to the record. */
  boolean isFree(FieldIndex.Place place) {
    return place.top() && starts[place.slot()] == ABSENT;
  }

  /** The first name under which the field can be appended, or null when there is none. */
  @Nullable String freeName(Field field) {
    for (FieldIndex.Place place : index.places(field)) {
      if (isFree(place)) {
        return place.name();
      }
    }
    return null;
  }

  /** Notes whose record it is by its own account. */
  void chooseService(JsonScalar value) {
    service = value;
  }

  /** Notes when it happened by its own account. */
  void chooseTime(JsonScalar value) {
    time = value;
  }

  /** What was chosen for the service, or null. */
  @Nullable JsonScalar service() {
    return service;
  }

  /** What was chosen for the time, or null. */
  @Nullable JsonScalar time() {
    return time;
  }
}

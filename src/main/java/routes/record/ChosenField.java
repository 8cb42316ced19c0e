package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.json.JsonScalar;

/**
 * Which of a record's values counts for a field that every record must have: the first that is
 * there, in the order of the field's names. One that cannot serve has the record rejected, unless
 * the value under the canonical name can.
 *
 * <p>Of records that are mapped from another protocol the fields are data, whatever their names:
 * there the first value that can serve counts. One under the canonical name that cannot is reported
 * all the same, as another must take its place.
 */
abstract class ChosenField<T> {

  private final Field field;

  ChosenField(Field field) {
    this.field = field;
  }

  /** What a value means, or why it cannot serve. */
  abstract T read(JsonScalar value, Instant arrival) throws RejectedException;

  abstract void choose(FieldScan fields, JsonScalar value);

  /** Why a record without any value is rejected. */
  abstract RejectedException missing();

  /**
   * The field's value in a record.
   *
   * @param fallback of a record that has none, or null; must be appended to it
   * @param mapped whether the record is mapped from another protocol
   */
  T of(FieldScan fields, Instant arrival, @Nullable T fallback, boolean mapped)
      throws RejectedException {
    RejectedException refusal = null;
    for (FieldIndex.Place place : fields.places(field)) {
      JsonScalar value = fields.value(place);
      if (value == null) {
        continue;
      }
      try {
        T read = read(value, arrival);
        if (refusal != null && mapped && fields.hasCanonical(field) && !isCanonical(place)) {
          break;
        }
        choose(fields, value);
        return read;
      } catch (RejectedException e) {
        refusal = refusal == null ? e : refusal;
        if (isCanonical(place)) {
          throw e;
        }
        if (!mapped) {
          break;
        }
      }
    }
    if (refusal != null && !mapped) {
      return canonical(fields, arrival, refusal);
    }
    boolean canBeAppended =
        !fields.hasCanonical(field) || (!mapped && fields.freeName(field) != null);
    if (fallback == null || !canBeAppended) {
      throw refusal == null ? missing() : refusal;
    }
    return fallback;
  }

  private T canonical(FieldScan fields, Instant arrival, RejectedException refusal)
      throws RejectedException {
    JsonScalar value = fields.canonical(field);
    if (value == null) {
      throw refusal;
    }
    try {
      T read = read(value, arrival);
      choose(fields, value);
      return read;
    } catch (RejectedException worse) {
      throw refusal;
    }
  }

  private boolean isCanonical(FieldIndex.Place place) {
    return place.name().equals(field.canonicalName());
  }
}

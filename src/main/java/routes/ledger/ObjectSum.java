package routes.ledger;

import java.util.UUID;

/**
 * Objects of one group, added up so that what is missing of them, or too much, can be told from the
 * difference of two sums. Additions may come in any order, and wrap around.
 *
 * @param objects how many
 * @param records how many lines they have
 * @param bytes their sizes as they are stored
 * @param weighted each size times what is odd of the name, to find the one that has another size
 * @param high of the names, one bit beside the other
 * @param low the same, the lower half
 */
public record ObjectSum(
    long objects, long records, long bytes, long weighted, long high, long low) {

  public static final ObjectSum NONE = new ObjectSum(0, 0, 0, 0, 0, 0);

  /** One object. */
  public static ObjectSum of(UUID name, long bytes, long records) {
    return new ObjectSum(
        1,
        records,
        bytes,
        bytes * (name.getLeastSignificantBits() | 1),
        name.getMostSignificantBits(),
        name.getLeastSignificantBits());
  }

  public ObjectSum plus(ObjectSum more) {
    return new ObjectSum(
        objects + more.objects,
        records + more.records,
        bytes + more.bytes,
        weighted + more.weighted,
        high ^ more.high,
        low ^ more.low);
  }

  public ObjectSum minus(ObjectSum less) {
    return new ObjectSum(
        objects - less.objects,
        records - less.records,
        bytes - less.bytes,
        weighted - less.weighted,
        high ^ less.high,
        low ^ less.low);
  }

  /** Whether both are of the same objects with the same sizes; records are not looked at. */
  public boolean sameObjects(ObjectSum other) {
    ObjectSum difference = minus(other);
    return difference.objects == 0
        && difference.weighted == 0
        && difference.bytes == 0
        && difference.high == 0
        && difference.low == 0;
  }

  /** The name of the object, where it is of one. */
  public UUID name() {
    return new UUID(high, low);
  }

  /** Whether a difference in bytes only can be that of this object. */
  public boolean isSizeOf(UUID name) {
    return objects == 0 && bytes != 0 && weighted == bytes * (name.getLeastSignificantBits() | 1);
  }
}

package routes.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Ascending positions of one shard, at least one. Packed into arrays, as a worker holds hundreds of
 * thousands, and with objects for each the collector would look at little else. Immutable.
 */
public final class Positions {

  private final byte[] digits;
  private final int[] starts;
  private final int[] ends;
  private final int[] indexes;

  private Positions(byte[] digits, int[] starts, int[] ends, int[] indexes) {
    this.digits = digits;
    this.starts = starts;
    this.ends = ends;
    this.indexes = indexes;
  }

  public int count() {
    return indexes.length;
  }

  public Position get(int number) {
    int start = starts[number];
    return new Position(
        new String(digits, start, ends[number] - start, ISO_8859_1), indexes[number]);
  }

  public Position last() {
    return get(count() - 1);
  }

  /** How many of them do not come after this one. */
  public int countTo(Position last) {
    int from = 0;
    int to = count();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (get(middle).isAfter(last)) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** All but the first few of them. */
  public Positions from(int number) {
    return number == 0
        ? this
        : new Positions(
            digits,
            Arrays.copyOfRange(starts, number, count()),
            Arrays.copyOfRange(ends, number, count()),
            Arrays.copyOfRange(indexes, number, count()));
  }

  /** The memory they take, in bytes. */
  public long bytes() {
    return digits.length + 3L * Integer.BYTES * count();
  }

  /** Gathers positions in ascending order. */
  public static final class Builder {

    private byte[] digits = new byte[16 * 56];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int[] indexes = new int[16];
    private int length;
    private int count;
    private String sequenceNumber = "";

    public Builder add(Position position) {
      if (count == indexes.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
        indexes = Arrays.copyOf(indexes, 2 * count);
      }
      starts[count] = start(position.sequenceNumber());
      ends[count] = length;
      indexes[count++] = position.index();
      return this;
    }

    public boolean isEmpty() {
      return count == 0;
    }

    public Positions build() {
      return new Positions(
          Arrays.copyOf(digits, length),
          Arrays.copyOf(starts, count),
          Arrays.copyOf(ends, count),
          Arrays.copyOf(indexes, count));
    }

    /** Where the number's digits start; the records of one Kinesis record share them. */
    private int start(String number) {
      if (count > 0 && number.equals(sequenceNumber)) {
        return starts[count - 1];
      }
      byte[] more = number.getBytes(ISO_8859_1);
      if (length + more.length > digits.length) {
        digits = Arrays.copyOf(digits, Math.max(2 * digits.length, length + more.length));
      }
      System.arraycopy(more, 0, digits, length, more.length);
      int start = length;
      length += more.length;
      sequenceNumber = number;
      return start;
    }
  }
}

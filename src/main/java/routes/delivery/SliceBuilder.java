package routes.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import routes.ledger.Position;
import routes.record.ByteSlice;

/** Gathers the records of one group out of one read. */
final class SliceBuilder {

  private static final int FIRST_CAPACITY = 1024;

  private final Instant arrival;
  private final List<Position> positions = new ArrayList<>();
  private int[] ends = new int[16];
  private byte[] lines = new byte[FIRST_CAPACITY];
  private int length;

  /**
   * A builder without records.
   *
   * @param arrival when the first record arrived
   */
  SliceBuilder(Instant arrival) {
    this.arrival = arrival;
  }

  void add(Position position, ByteSlice line) {
    int end = Math.addExact(length, line.length() + 1);
    if (end > lines.length) {
      lines = Arrays.copyOf(lines, Math.max(end, Math.addExact(lines.length, lines.length)));
    }
    System.arraycopy(line.array(), line.offset(), lines, length, line.length());
    lines[end - 1] = '\n';
    length = end;
    addCopy(position);
  }

  /** Adds a record that has its line elsewhere. */
  void addCopy(Position position) {
    if (positions.size() == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[positions.size()] = length;
    positions.add(position);
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  Slice build() {
    return new Slice(
        positions.toArray(new Position[0]),
        Arrays.copyOf(ends, positions.size()),
        Arrays.copyOf(lines, length),
        arrival);
  }
}

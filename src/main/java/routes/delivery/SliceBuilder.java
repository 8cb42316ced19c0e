package routes.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.ledger.Position;
import routes.ledger.Positions;
import routes.record.ByteSlice;

/** Gathers the records of one group out of one read. */
final class SliceBuilder {

  private static final ByteSlice NO_LINE = ByteSlice.of(new byte[0]);

  private final Instant arrival;
  private final Positions.Builder positions = new Positions.Builder();
  private final List<ByteSlice> lines = new ArrayList<>();
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
    positions.add(position);
    lines.add(line);
    length = Math.addExact(length, line.length() + 1);
  }

  /** Adds a record that has its line elsewhere. */
  void addCopy(Position position) {
    positions.add(position);
    lines.add(NO_LINE);
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  Slice build() {
    byte[] all = new byte[length];
    int[] ends = new int[lines.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      ByteSlice line = lines.get(i);
      if (!line.isEmpty()) {
        System.arraycopy(line.array(), line.offset(), all, end, line.length());
        end += line.length();
        all[end++] = '\n';
      }
      ends[i] = end;
    }
    return new Slice(positions.build(), ends, all, arrival);
  }
}

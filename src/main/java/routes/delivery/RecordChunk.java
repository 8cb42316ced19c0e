package routes.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.Content;
import routes.json.ByteSlice;
import routes.ledger.Arrivals;
import routes.ledger.Position;
import routes.ledger.Positions;

/**
 * Consecutive records of one group that came with one read and arrived within one hour: their
 * lines, each closed by a newline, in one array. A copy of a record seen before has its place here,
 * but no line. Immutable.
 */
final class RecordChunk {

  /** What a chunk costs beside its records, in bytes: its arrays' heads and their slots. */
  private static final int OVERHEAD = 256;

  private final Positions positions;
  private final int[] ends;
  private final byte[] lines;
  private final Instant arrival;
  private final int from;

  /**
   * @param ends for each record where its line ends in {@code lines}
   * @param arrival when the first record arrived
   * @param from the first record that counts; those before it are in the lake already
   */
  private RecordChunk(Positions positions, int[] ends, byte[] lines, Instant arrival, int from) {
    this.positions = positions;
    this.ends = ends;
    this.lines = lines;
    this.arrival = arrival;
    this.from = from;
  }

  RecordChunk(Positions positions, int[] ends, byte[] lines, Instant arrival) {
    this(positions, ends, lines, arrival, 0);
  }

  Position first() {
    return positions.get(from);
  }

  Position last() {
    return positions.last();
  }

  Instant arrival() {
    return arrival;
  }

  /** Records, copies included. */
  int count() {
    return ends.length - from;
  }

  /** Records that are no copies. */
  int lines() {
    int count = 0;
    for (int record = from; record < ends.length; record++) {
      count += ends[record] > (record == 0 ? 0 : ends[record - 1]) ? 1 : 0;
    }
    return count;
  }

  int bytes() {
    return lines.length - start();
  }

  /** The memory held, in bytes, whatever part of it still counts. */
  long cost() {
    return OVERHEAD + lines.length + positions.bytes() + (long) Integer.BYTES * ends.length;
  }

  /** The records after a position, or null when there are none. */
  @Nullable RecordChunk after(Position delivered) {
    int next = Math.max(from, positions.countTo(delivered));
    return next == ends.length ? null : new RecordChunk(positions, ends, lines, arrival, next);
  }

  void eachLine(Consumer<Content.Line> line) {
    int begin = start();
    for (int record = from; record < ends.length; record++) {
      if (ends[record] > begin) {
        ByteSlice slice = new ByteSlice(lines, begin, ends[record] - begin - 1);
        line.accept(() -> slice);
        begin = ends[record];
      }
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(lines, start(), bytes());
  }

  private int start() {
    return from == 0 ? 0 : ends[from - 1];
  }

  /** Gathers the records of one group out of one read. */
  static final class Builder {

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
    Builder(Instant arrival) {
      this.arrival = arrival;
    }

    /** Whether what arrived then belongs here: a chunk is of one hour. */
    boolean takes(Instant later) {
      return Arrivals.hour(later) == Arrivals.hour(arrival);
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

    RecordChunk build() {
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
      return new RecordChunk(positions.build(), ends, all, arrival);
    }
  }
}

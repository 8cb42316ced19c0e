package routes.delivery;

import java.io.DataInput;
import java.io.DataOutput;
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
import routes.ledger.HourCount;
import routes.ledger.Position;
import routes.ledger.Positions;

/**
 * Consecutive records of one group that came with one read and arrived within one hour: their
 * lines, each closed by a newline, in one array. A copy of a record seen before has its place here,
 * but no line. Immutable.
 */
final class RecordChunk implements Chunk {

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

  @Override
  public Position first() {
    return positions.get(from);
  }

  @Override
  public Position last() {
    return positions.last();
  }

  @Override
  public Instant arrival() {
    return arrival;
  }

  @Override
  public Arrivals arrivals() {
    int records = lines();
    return Arrivals.of(Arrivals.hour(arrival), new HourCount(0, records, count() - records, 0));
  }

  @Override
  public int count() {
    return ends.length - from;
  }

  @Override
  public int lines() {
    int count = 0;
    for (int record = from; record < ends.length; record++) {
      count += ends[record] > (record == 0 ? 0 : ends[record - 1]) ? 1 : 0;
    }
    return count;
  }

  @Override
  public long bytes() {
    return length();
  }

  private int length() {
    return lines.length - start();
  }

  @Override
  public long cost() {
    return OVERHEAD + lines.length + positions.bytes() + (long) Integer.BYTES * ends.length;
  }

  @Override
  public @Nullable RecordChunk after(Position delivered) {
    int next = Math.max(from, positions.countTo(delivered));
    return next == ends.length ? null : new RecordChunk(positions, ends, lines, arrival, next);
  }

  @Override
  public List<RecordChunk> head(long maxBytes) {
    return List.of(this);
  }

  @Override
  public void eachLine(Consumer<Content.Line> line) {
    eachSlice(slice -> line.accept(() -> slice));
  }

  /** The same; where in {@link #lines} each stands is where in a file. */
  void eachSlice(Consumer<ByteSlice> line) {
    int begin = start();
    for (int record = from; record < ends.length; record++) {
      if (ends[record] > begin) {
        line.accept(new ByteSlice(lines, begin, ends[record] - begin - 1));
        begin = ends[record];
      }
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(lines, start(), length());
  }

  /** Writes all of it down for {@link #readFrom}, the lines last. */
  void store(DataOutput out) throws IOException {
    out.writeLong(arrival.getEpochSecond());
    out.writeInt(arrival.getNano());
    positions.writeTo(out);
    out.writeInt(from);
    for (int end : ends) {
      out.writeInt(end);
    }
    out.writeInt(lines.length);
    out.write(lines);
  }

  /** What was written down. */
  static RecordChunk readFrom(DataInput in) throws IOException {
    Instant arrival = Instant.ofEpochSecond(in.readLong(), in.readInt());
    Positions positions = Positions.readFrom(in);
    int from = in.readInt();
    int[] ends = new int[positions.count()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = in.readInt();
    }
    byte[] lines = new byte[in.readInt()];
    in.readFully(lines);
    return new RecordChunk(positions, ends, lines, arrival, from);
  }

  /** How long all lines are that it ever had, as they are written down. */
  int storedLines() {
    return lines.length;
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

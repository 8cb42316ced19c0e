package routes.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ascending positions of one shard, at least one. Packed into arrays, as a worker holds hundreds of
 * thousands, and with objects for each the collector would look at little else; the digits that all
 * numbers begin with, most of them in one read, are kept once. Immutable.
 */
public final class Positions {

  private final String head;
  private final byte[] digits;
  private final int[] starts;
  private final int[] ends;
  private final int[] indexes;

  /**
   * @param head what every sequence number begins with
   * @param digits what follows, of each number once
   */
  private Positions(String head, byte[] digits, int[] starts, int[] ends, int[] indexes) {
    this.head = head;
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
    String rest = new String(digits, start, ends[number] - start, ISO_8859_1);
    return new Position(head + rest, indexes[number]);
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

  /** Writes them for {@link #readFrom}. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeUTF(head);
    out.writeInt(digits.length);
    out.write(digits);
    out.writeInt(count());
    for (int i = 0; i < count(); i++) {
      out.writeInt(starts[i]);
      out.writeInt(ends[i]);
      out.writeInt(indexes[i]);
    }
  }

  /** What was written. */
  public static Positions readFrom(DataInput in) throws IOException {
    String head = in.readUTF();
    byte[] digits = new byte[in.readInt()];
    in.readFully(digits);
    int count = in.readInt();
    int[] starts = new int[count];
    int[] ends = new int[count];
    int[] indexes = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = in.readInt();
      ends[i] = in.readInt();
      indexes[i] = in.readInt();
    }
    return new Positions(head, digits, starts, ends, indexes);
  }

  /** The memory they take, in bytes. */
  public long bytes() {
    return head.length() + digits.length + 3L * Integer.BYTES * count();
  }

  /** Gathers positions in ascending order. */
  public static final class Builder {

    private final List<Position> positions = new ArrayList<>();

    public Builder add(Position position) {
      positions.add(position);
      return this;
    }

    public boolean isEmpty() {
      return positions.isEmpty();
    }

    public Positions build() {
      String first = positions.get(0).sequenceNumber();
      int head = shared(first, positions.get(positions.size() - 1).sequenceNumber());
      byte[] digits = new byte[length(head)];
      int[] starts = new int[positions.size()];
      int[] ends = new int[positions.size()];
      int[] indexes = new int[positions.size()];
      int end = 0;
      for (int i = 0; i < indexes.length; i++) {
        String number = positions.get(i).sequenceNumber();
        boolean again = isAgain(i);
        starts[i] = again ? starts[i - 1] : end;
        for (int at = head; at < number.length() && !again; at++) {
          digits[end++] = (byte) number.charAt(at);
        }
        ends[i] = end;
        indexes[i] = positions.get(i).index();
      }
      return new Positions(first.substring(0, head), digits, starts, ends, indexes);
    }

    /** How many digits there are to keep beside those of the head. */
    private int length(int head) {
      int length = 0;
      for (int i = 0; i < positions.size(); i++) {
        length += isAgain(i) ? 0 : positions.get(i).sequenceNumber().length() - head;
      }
      return length;
    }

    /** Whether a number is the one before, as those of the records of one Kinesis record are. */
    private boolean isAgain(int i) {
      return i > 0
          && positions.get(i).sequenceNumber().equals(positions.get(i - 1).sequenceNumber());
    }

    /** How many digits the least and the greatest number begin with, and so all between them. */
    private static int shared(String least, String greatest) {
      if (least.length() < greatest.length()) {
        return 0;
      }
      int shared = 0;
      while (shared < least.length() && least.charAt(shared) == greatest.charAt(shared)) {
        shared++;
      }
      return shared;
    }
  }
}

package routes.kinesis.publish;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signal;

/**
 * Records of a signal that share a partition key, in the order they came, in parts that are sent
 * one after the other, as a part is copied to be sent. Immutable; each iteration makes the parts
 * anew.
 */
public final class KeyedRecords implements Iterable<List<ByteBuffer>> {

  /** A part may be longer by one record. */
  private static final int PART_BYTES = 128 << 10;

  private static final int PART_RECORDS = KinesisLimits.REQUEST_RECORDS;

  private final Signal signal;
  private final String key;
  private final List<LogRecord> records;
  private final ImmutableIntArray places;

  /**
   * The records of a key among others.
   *
   * @param signal what they all are
   * @param key 1 to 256 characters
   * @param places of its records, in order
   */
  KeyedRecords(Signal signal, String key, List<LogRecord> records, ImmutableIntArray places) {
    this.signal = signal;
    this.key = key;
    this.records = records;
    this.places = places;
  }

  /** What they are, which says to which stream they go. */
  public Signal signal() {
    return signal;
  }

  /** The partition key, 1 to 256 characters. */
  public String key() {
    return key;
  }

  /**
   * The parts: each what the {@code aws2-kinesis} endpoint takes as one exchange, whose body it
   * goes through as it is. A record is its bytes, without a line break; read-only, not a copy.
   */
  @Override
  public Iterator<List<ByteBuffer>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < places.length();
      }

      @Override
      public List<ByteBuffer> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        List<ByteBuffer> part = new ArrayList<>();
        for (int bytes = 0; hasNext() && bytes < PART_BYTES && part.size() < PART_RECORDS; next++) {
          ByteSlice line = records.get(places.get(next)).line();
          part.add(
              ByteBuffer.wrap(line.array(), line.offset(), line.length())
                  .slice()
                  .asReadOnlyBuffer());
          bytes += line.length();
        }
        return part;
      }
    };
  }
}

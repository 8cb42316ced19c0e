package routes.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.signal.Signal;

/**
 * Log records as bytes in a few large blocks, which take some forty bytes a record beside its line;
 * as objects they would take five times as much. A record is made anew each time it is asked for.
 * Not thread-safe while it grows.
 */
final class RecordLines extends AbstractList<LogRecord> implements RandomAccess {

  private static final int SECOND_BLOCK_BYTES = 4 << 10;
  private static final int MAX_BLOCK_BYTES = 256 << 10;

  /** Before each line: second, nanosecond, service, length of the line, place and length of id. */
  private static final int HEADER_BYTES = Long.BYTES + 5 * Integer.BYTES;

  private static final int FIRST_PLACES = 16;

  /** Of a service, beside the characters of its name. */
  private static final int BYTES_A_SERVICE = 256;

  private final Signal signal;
  private final LongConsumer memory;
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private final List<String> services = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Of each record its block and where it begins there, as the two halves of a number. */
  private long[] places = {};

  private int size;

  /**
   * An empty list.
   *
   * @param signal what the records are, all of them
   * @param memory is told of bytes before they are taken; throws where there are none left
   */
  RecordLines(Signal signal, LongConsumer memory) {
    this.signal = signal;
    this.memory = memory;
  }

  @Override
  public boolean add(LogRecord record) {
    ByteSlice line = record.line();
    byte[] id = record.id() == null ? null : record.id().getBytes(UTF_8);
    int idAt = id == null ? 0 : placeOf(id, line);
    int apart = id != null && idAt == line.length() ? id.length : 0;
    ByteBuffer block = blockFor(HEADER_BYTES + line.length() + apart);
    notePlace(block.position());
    Instant time = record.time();
    block
        .putLong(time.getEpochSecond())
        .putInt(time.getNano())
        .putInt(numberOf(record.service()))
        .putInt(line.length())
        .putInt(idAt)
        .putInt(id == null ? -1 : id.length)
        .put(line.array(), line.offset(), line.length());
    if (apart > 0) {
      block.put(id);
    }
    return true;
  }

  @Override
  public LogRecord get(int index) {
    long place = places[Objects.checkIndex(index, size)];
    ByteBuffer block = blocks.get((int) (place >>> Integer.SIZE));
    int at = (int) place;
    Instant time = Instant.ofEpochSecond(block.getLong(at), block.getInt(at + 8));
    String service = services.get(block.getInt(at + 12));
    int length = block.getInt(at + 16);
    int idAt = block.getInt(at + 20);
    int idLength = block.getInt(at + 24);
    int lineAt = block.arrayOffset() + at + HEADER_BYTES;
    @Nullable String id =
        idLength < 0 ? null : new String(block.array(), lineAt + idAt, idLength, UTF_8);
    ByteSlice line = new ByteSlice(block.array(), lineAt, length);
    return new LogRecord(signal, line, service, time, id);
  }

  @Override
  public int size() {
    return size;
  }

  /** Where a line has an id that was appended to it last; its own length where it has not. */
  private static int placeOf(byte[] id, ByteSlice line) {
    int from = line.length() - id.length - "\"}".length();
    return from >= 0
            && Arrays.equals(
                line.array(),
                line.offset() + from,
                line.offset() + from + id.length,
                id,
                0,
                id.length)
        ? from
        : line.length();
  }

  private ByteBuffer blockFor(int bytes) {
    ByteBuffer last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    if (last != null && last.remaining() >= bytes) {
      return last;
    }
    // A body often holds one record alone.
    int usual =
        last == null
            ? 0
            : Math.min(Math.max(SECOND_BLOCK_BYTES, 2 * last.capacity()), MAX_BLOCK_BYTES);
    int capacity = Math.max(bytes, usual);
    memory.accept(capacity);
    ByteBuffer next = ByteBuffer.allocate(capacity);
    blocks.add(next);
    return next;
  }

  private void notePlace(int start) {
    if (size == places.length) {
      int more = Math.max(FIRST_PLACES, size / 2);
      memory.accept((long) Long.BYTES * more);
      places = Arrays.copyOf(places, size + more);
    }
    places[size++] = (long) (blocks.size() - 1) << Integer.SIZE | start;
  }

  private int numberOf(String service) {
    Integer known = numbers.get(service);
    if (known != null) {
      return known;
    }
    memory.accept(BYTES_A_SERVICE + 2L * service.length());
    numbers.put(service, services.size());
    services.add(service);
    return services.size() - 1;
  }
}

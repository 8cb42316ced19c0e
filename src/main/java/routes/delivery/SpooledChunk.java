package routes.delivery;

import com.google.common.io.CountingInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.Content;
import routes.ledger.Arrivals;
import routes.ledger.Position;
import routes.spool.Spool;
import routes.spool.SpoolFile;

/**
 * What a batch begins with, moved to disk: as it was in memory, with the positions of its records,
 * one chunk after the other in a file of the batch.
 *
 * @param end of its part of the file, which begins where the file does
 * @param delivered of what is there, only what comes after this counts
 */
record SpooledChunk(
    SpoolFile file,
    long end,
    Position delivered,
    Position first,
    Position last,
    Instant arrival,
    Arrivals arrivals,
    int count,
    int lines,
    long bytes)
    implements Chunk {

  private static final int COST = 1024;

  /**
   * Moves chunks of a batch to disk, all but its first of them in memory.
   *
   * @throws IOException after which all is as it was before
   */
  static SpooledChunk of(List<Chunk> chunks, Spool spool) throws IOException {
    SpoolFile file = chunks.get(0) instanceof SpooledChunk begun ? begun.file() : spool.create();
    file.append(
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          for (Chunk chunk : chunks) {
            if (chunk instanceof RecordChunk inMemory) {
              inMemory.store(data);
            }
          }
          data.flush();
        });
    SpooledChunk all = begin(file, file.length(), Position.START, chunks.get(0));
    for (Chunk chunk : chunks.subList(1, chunks.size())) {
      all = all.plus(chunk);
    }
    return all;
  }

  private static SpooledChunk begin(SpoolFile file, long end, Position delivered, Chunk chunk) {
    return new SpooledChunk(
        file,
        end,
        delivered,
        chunk.first(),
        chunk.last(),
        chunk.arrival(),
        chunk.arrivals(),
        chunk.count(),
        chunk.lines(),
        chunk.bytes());
  }

  private SpooledChunk plus(Chunk next) {
    return new SpooledChunk(
        file,
        end,
        delivered,
        first,
        next.last(),
        arrival,
        arrivals.plus(next.arrivals()),
        count + next.count(),
        lines + next.lines(),
        bytes + next.bytes());
  }

  @Override
  public long cost() {
    return COST;
  }

  @Override
  public @Nullable Chunk after(Position position) throws IOException {
    if (first.isAfter(position)) {
      return this;
    }
    if (!last.isAfter(position)) {
      return null;
    }
    SpooledChunk rest = null;
    try (Stored stored = new Stored(position)) {
      for (RecordChunk chunk = stored.next(); chunk != null; chunk = stored.next()) {
        rest = rest == null ? begin(file, end, position, chunk) : rest.plus(chunk);
      }
    }
    return rest;
  }

  @Override
  public List<RecordChunk> head(long maxBytes) throws IOException {
    List<RecordChunk> head = new ArrayList<>();
    try (Stored stored = new Stored(delivered)) {
      long left = maxBytes;
      for (RecordChunk chunk = stored.next(); chunk != null; chunk = stored.next()) {
        head.add(chunk);
        left -= chunk.bytes();
        if (left <= 0) {
          break;
        }
      }
    }
    return head;
  }

  @Override
  public void eachLine(Consumer<Content.Line> line) throws IOException {
    try (Stored stored = new Stored(delivered)) {
      for (RecordChunk chunk = stored.next(); chunk != null; chunk = stored.next()) {
        long lines = stored.linesAt();
        chunk.eachSlice(slice -> line.accept(lineAt(lines + slice.offset(), slice.length())));
      }
    }
  }

  /** Without the line itself, which would stay in memory. */
  private Content.Line lineAt(long at, int length) {
    return () -> file.read(at, length);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (Stored stored = new Stored(delivered)) {
      for (RecordChunk chunk = stored.next(); chunk != null; chunk = stored.next()) {
        chunk.writeTo(out);
      }
    }
  }

  @Override
  public void endReading() throws IOException {
    file.endReading();
  }

  @Override
  public void discard() {
    file.delete();
  }

  /** Reads the chunks one after the other, and of each what comes after a position. */
  private final class Stored implements Closeable {

    private final Position after;
    private final CountingInputStream counted;
    private final DataInputStream in;
    private long linesAt;

    Stored(Position after) throws IOException {
      this.after = after;
      counted = new CountingInputStream(file.open());
      in = new DataInputStream(counted);
    }

    /** Null after the last. */
    @Nullable RecordChunk next() throws IOException {
      RecordChunk left = null;
      while (left == null && counted.getCount() < end) {
        RecordChunk chunk = RecordChunk.readFrom(in);
        linesAt = counted.getCount() - chunk.storedLines();
        left = chunk.after(after);
      }
      return left;
    }

    /** Where the lines of the last chunk begin in the file. */
    long linesAt() {
      return linesAt;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

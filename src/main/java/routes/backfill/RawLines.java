package routes.backfill;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import routes.format.Content;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import routes.signal.Signal;

/** Lines of consecutive objects of the raw layer, which become one of the batch layer. */
final class RawLines implements Content {

  private final Signal signal;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<byte[]> lines = new ArrayList<>();
  private long bytes;
  private int records;

  RawLines(Signal signal) {
    this.signal = signal;
  }

  /**
   * Adds what comes next in the shard.
   *
   * @param count how many lines these are
   */
  void add(Piece piece, byte[] more, int count) {
    pieces.add(piece);
    lines.add(more);
    bytes += more.length;
    records += count;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  int records() {
    return records;
  }

  Position last() {
    return pieces.get(pieces.size() - 1).last();
  }

  /** Which records these are. */
  ObjectOrigin place() {
    Piece first = pieces.get(0);
    return new ObjectOrigin(first.raw().origin().shard(), first.first(), last(), records);
  }

  @Override
  public Signal signal() {
    return signal;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void eachLine(Consumer<Line> line) {
    lines.forEach(part -> ObjectLines.each(part, slice -> line.accept(() -> slice)));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] part : lines) {
      out.write(part);
    }
  }

  @Override
  public Map<String, String> origin() {
    return place().toMetadata();
  }
}

package routes.envelope;

import java.util.ArrayList;
import java.util.List;
import routes.json.ByteSlice;

/**
 * The bytes of some elements of a stream record, kept in as few pieces as can be read again element
 * by element with a line break between two pieces. Not thread-safe.
 */
public final class Pieces {

  /** From then on what stands between elements is kept as well, such as the commas of an array. */
  private static final int MAX_PIECES = 10_000;

  private final List<ByteSlice> pieces = new ArrayList<>();
  private int next;

  /**
   * Adds an element.
   *
   * @param index its index in the stream record, larger than those added before
   */
  public void add(int index, ByteSlice element) {
    int latest = pieces.size() - 1;
    if (latest >= 0 && index == next && isOnePiece(pieces.get(latest), element)) {
      ByteSlice piece = pieces.get(latest);
      int length = element.end() - piece.offset();
      pieces.set(latest, new ByteSlice(piece.array(), piece.offset(), length));
    } else if (!element.isEmpty()) {
      pieces.add(element);
    }
    next = index + 1;
  }

  /** All of them, in order. */
  public List<ByteSlice> list() {
    return pieces;
  }

  private boolean isOnePiece(ByteSlice piece, ByteSlice element) {
    return piece.array() == element.array()
        && piece.end() <= element.offset()
        && (pieces.size() >= MAX_PIECES || isLineBreak(piece, element));
  }

  private static boolean isLineBreak(ByteSlice piece, ByteSlice element) {
    return new ByteSlice(piece.array(), piece.end(), element.offset() - piece.end())
        .trim()
        .isEmpty();
  }
}

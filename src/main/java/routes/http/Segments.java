package routes.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that come one after the other and take memory as they do, in pieces: a heap may have room
 * enough for them and yet no stretch as long as all of them. Not thread-safe.
 */
final class Segments {

  private static final int FIRST_BYTES = 4 << 10;
  private static final int MAX_BYTES = 256 << 10;

  private final List<byte[]> pieces = new ArrayList<>();
  private final BodyMemory.Share memory;
  private long held;
  private int used;
  private int length;

  /**
   * No bytes yet.
   *
   * @param memory takes those that come
   */
  Segments(BodyMemory.Share memory) {
    this.memory = memory;
  }

  /** Bytes that are there already and counted elsewhere, or not at all; not copied. */
  static Segments of(byte[] bytes, BodyMemory.Share memory) {
    Segments segments = new Segments(memory);
    segments.pieces.add(bytes);
    segments.used = bytes.length;
    segments.length = bytes.length;
    return segments;
  }

  /** Bytes for which the memory was taken already; not copied. */
  static Segments held(byte[] bytes, BodyMemory.Share memory) {
    Segments segments = of(bytes, memory);
    segments.held = bytes.length;
    return segments;
  }

  int length() {
    return length;
  }

  /** What holds the memory for them. */
  BodyMemory.Share memory() {
    return memory;
  }

  /**
   * All bytes, not copied; that one can be made of bytes in pieces is known inside Vert.x alone.
   */
  Buffer view() {
    ByteBuf[] parts = new ByteBuf[pieces.size()];
    for (int i = 0; i < parts.length; i++) {
      byte[] piece = pieces.get(i);
      parts[i] = Unpooled.wrappedBuffer(piece, 0, i == parts.length - 1 ? used : piece.length);
    }
    return BufferImpl.buffer(Unpooled.wrappedBuffer(Math.max(1, parts.length), parts));
  }

  /** The first bytes, as many as are in one piece. */
  byte[] start() {
    return pieces.isEmpty() ? new byte[0] : pieces.get(0);
  }

  /**
   * Adds bytes.
   *
   * @param expected how many there will be in all, as far as is known; no fewer than come now
   * @throws HttpProblem 413 or 429 when there is no memory for them
   */
  void add(Buffer part, long expected) {
    for (int from = 0; from < part.length(); ) {
      byte[] piece = pieceWithRoom(expected);
      int count = Math.min(part.length() - from, piece.length - used);
      part.getBytes(from, from + count, piece, used);
      used += count;
      length += count;
      from += count;
    }
  }

  /**
   * Adds what a stream has, up to so many bytes in all.
   *
   * @return false when there is more
   */
  boolean addAll(InputStream in, int maxLength) throws IOException {
    while (length < maxLength) {
      byte[] piece = pieceWithRoom(maxLength);
      int count = in.read(piece, used, Math.min(piece.length - used, maxLength - length));
      if (count < 0) {
        return true;
      }
      used += count;
      length += count;
    }
    return in.read() < 0;
  }

  /**
   * All bytes in one array, which may be the very one they came in, instead of the pieces.
   *
   * @throws HttpProblem 413 or 429 when there is no memory for it beside them
   */
  byte[] join() {
    if (pieces.size() == 1 && pieces.get(0).length == length) {
      return pieces.get(0);
    }
    memory.require(length);
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      int count = Math.min(piece.length, length - at);
      System.arraycopy(piece, 0, all, at, count);
      at += count;
    }
    memory.giveBack(held);
    held = length;
    pieces.clear();
    pieces.add(all);
    used = length;
    return all;
  }

  /** Gives the memory back; the bytes are not to be used any more. */
  void drop() {
    memory.giveBack(held);
    held = 0;
    pieces.clear();
  }

  private byte[] pieceWithRoom(long expected) {
    if (!pieces.isEmpty() && used < pieces.get(pieces.size() - 1).length) {
      return pieces.get(pieces.size() - 1);
    }
    long usual = Math.min(MAX_BYTES, Math.max(FIRST_BYTES, length));
    int size = (int) Math.min(usual, Math.max(1, expected - length));
    memory.require(size);
    held += size;
    pieces.add(new byte[size]);
    used = 0;
    return pieces.get(pieces.size() - 1);
  }
}

package routes.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds a byte, looking at eight at a time. */
public final class ByteSearch {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private ByteSearch() {}

  /** The index of the first such ASCII character between two indexes, or the second index. */
  public static int find(char c, byte[] b, int from, int to) {
    long pattern = c * ONES;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long zeroWhereFound = (long) LONGS.get(b, at) ^ pattern;
      long found = (zeroWhereFound - ONES) & ~zeroWhereFound & HIGH_BITS;
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && b[at] != c) {
      at++;
    }
    return at;
  }
}

package routes.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds bytes, looking at eight at a time. */
public final class ByteSearch {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = ~HIGH_BITS;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

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

  /**
   * The index of the first byte between two indexes that JSON does not have within a text as it is,
   * a quote, a backslash or a control character, or the second index.
   */
  public static int findEndOfPlainText(byte[] b, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) LONGS.get(b, at);
      long zeroWhereQuote = eight ^ QUOTES;
      long zeroWhereBackslash = eight ^ BACKSLASHES;
      // Each of the three is exact up to the first byte it finds, and no further.
      long found =
          ((zeroWhereQuote - ONES) & ~zeroWhereQuote)
              | ((zeroWhereBackslash - ONES) & ~zeroWhereBackslash)
              | ((eight - SPACES) & ~eight);
      if ((found & HIGH_BITS) != 0) {
        return at + Long.numberOfTrailingZeros(found & HIGH_BITS) / Byte.SIZE;
      }
    }
    while (at < to && isPlainText(b[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPlainText(byte b) {
    return b != '"' && b != '\\' && (b >= ' ' || b < 0);
  }

  /** The index of the first of two ASCII characters in a row, or the second index. */
  public static int findPair(char first, char second, byte[] b, int from, int to) {
    int at = from;
    // One byte is looked at twice, as a pair may lie across two looks.
    for (; at + Long.BYTES <= to; at += Long.BYTES - 1) {
      long eight = (long) LONGS.get(b, at);
      long found = (zeros(eight ^ (first * ONES)) << Byte.SIZE) & zeros(eight ^ (second * ONES));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE - 1;
      }
    }
    for (; at + 1 < to; at++) {
      if (b[at] == first && b[at + 1] == second) {
        return at;
      }
    }
    return to;
  }

  /** The high bit of each byte that is zero, and of no other. */
  private static long zeros(long bytes) {
    return ~(((bytes & LOW_BITS) + LOW_BITS) | bytes | LOW_BITS);
  }
}

package routes.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Recognises, eight bytes at a time, bytes that need no closer look, as most records have. */
public final class PlainAscii {

  /** A byte that is not ASCII, or a control character below the space. */
  public static final int ODD = 1;

  /** A backslash, with which every escape begins. */
  public static final int BACKSLASH = 2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = ' ' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private PlainAscii() {}

  /** Whether every byte is ASCII and none a control character below the space. */
  public static boolean covers(ByteSlice bytes) {
    return (look(bytes) & ODD) == 0;
  }

  /** Which of {@link #ODD} and {@link #BACKSLASH} are among the bytes. */
  public static int look(ByteSlice bytes) {
    byte[] b = bytes.array();
    int end = bytes.end();
    int at = bytes.offset();
    long odd = 0;
    long backslash = 0;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = (long) LONGS.get(b, at);
      // A byte below the space borrows from its high bit; a byte above ASCII has it set already.
      odd |= eight | (eight - SPACES);
      long zeroWhereBackslash = eight ^ BACKSLASHES;
      backslash |= (zeroWhereBackslash - ONES) & ~zeroWhereBackslash;
    }
    for (; at < end; at++) {
      odd |= b[at] < ' ' ? HIGH_BITS : 0;
      backslash |= b[at] == '\\' ? HIGH_BITS : 0;
    }
    return ((odd & HIGH_BITS) == 0 ? 0 : ODD) | ((backslash & HIGH_BITS) == 0 ? 0 : BACKSLASH);
  }
}

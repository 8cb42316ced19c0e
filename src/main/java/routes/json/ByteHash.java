package routes.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes short stretches of bytes, eight at a time; not against anybody who looks for collisions.
 */
public final class ByteHash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private ByteHash() {}

  /** The hash of the bytes between two indexes. */
  public static int of(byte[] b, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(b, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << Byte.SIZE | Byte.toUnsignedLong(b[at]);
    }
    return (int) mixed(hash ^ rest);
  }

  private static long mixed(long bits) {
    long product = bits * SPREAD;
    return product ^ product >>> Integer.SIZE;
  }
}

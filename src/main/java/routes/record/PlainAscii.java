package routes.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Recognises, eight bytes at a time, bytes that need no closer look, as most records have. */
final class PlainAscii {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SPACES = 0x2020202020202020L;

  private PlainAscii() {}

  /** Whether every byte is ASCII and none a control character below the space. */
  static boolean covers(ByteSlice bytes) {
    byte[] b = bytes.array();
    int end = bytes.end();
    int at = bytes.offset();
    long odd = 0;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = (long) LONGS.get(b, at);
      // A byte below the space borrows from its high bit; a byte above ASCII has it set already.
      odd |= eight | (eight - SPACES);
    }
    for (; at < end; at++) {
      odd |= b[at] < ' ' ? HIGH_BITS : 0;
    }
    return (odd & HIGH_BITS) == 0;
  }
}

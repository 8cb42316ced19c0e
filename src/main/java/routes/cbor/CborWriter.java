package routes.cbor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes CBOR (RFC 8949) in its shortest form into one array, which grows. Not thread-safe. */
public final class CborWriter {

  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;

  /** The first byte and a length of up to 32 bits. */
  private static final int MAX_HEAD = 5;

  private byte[] bytes;
  private int length;

  /**
   * A writer that has nothing.
   *
   * @param expected how long it will be, about
   */
  public CborWriter(int expected) {
    bytes = new byte[expected];
  }

  /** Begins a map of so many entries, a key and a value each. */
  public CborWriter map(int entries) {
    return head(MAP, entries);
  }

  /** Begins an array of so many values. */
  public CborWriter array(int values) {
    return head(ARRAY, values);
  }

  public CborWriter text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return head(TEXT, utf8.length).raw(utf8);
  }

  public CborWriter bytes(byte[] value) {
    return head(BYTES, value.length).raw(value);
  }

  /** Appends what is CBOR already. */
  public CborWriter raw(byte[] cbor) {
    makeRoom(cbor.length);
    System.arraycopy(cbor, 0, bytes, length, cbor.length);
    length += cbor.length;
    return this;
  }

  /** How much was written. */
  public int length() {
    return length;
  }

  /** What was written, to be used once nothing more is: the first {@link #length()} bytes. */
  public byte[] array() {
    return bytes;
  }

  private CborWriter head(int kind, int value) {
    makeRoom(MAX_HEAD);
    if (value < 24) {
      bytes[length++] = (byte) (kind << 5 | value);
    } else if (value < 1 << 8) {
      number(kind << 5 | 24, value, 1);
    } else if (value < 1 << 16) {
      number(kind << 5 | 25, value, 2);
    } else {
      number(kind << 5 | 26, value, 4);
    }
    return this;
  }

  private void number(int first, int value, int size) {
    bytes[length++] = (byte) first;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >> shift);
    }
  }

  private void makeRoom(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}

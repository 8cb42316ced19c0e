package routes.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stretch of a byte array, shared and not copied. Nobody may change the array afterwards, which
 * makes a slice immutable and safe to share between threads. Equal by content.
 */
public final class ByteSlice {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final byte[] array;
  private final int offset;
  private final int length;

  /**
   * @throws IndexOutOfBoundsException when the stretch does not lie within the array
   */
  public ByteSlice(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public static ByteSlice of(byte[] array) {
    return new ByteSlice(array, 0, array.length);
  }

  public static ByteSlice utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The array itself, not a copy: read from {@link #offset()} to {@link #end()} only. */
  public byte[] array() {
    return array;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** The index in {@link #array()} after the last byte. */
  public int end() {
    return offset + length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at an index counted from the start of this slice. */
  public byte at(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /** The stretch of this slice between two indexes counted from its start. */
  public ByteSlice slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new ByteSlice(array, offset + from, to - from);
  }

  /** This slice without the mark that some programs put at the start of UTF-8. */
  public ByteSlice withoutByteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    return length >= mark && Arrays.equals(array, offset, offset + mark, BYTE_ORDER_MARK, 0, mark)
        ? slice(mark, length)
        : this;
  }

  /** This slice without the white space JSON allows around a value (RFC 8259, section 2). */
  public ByteSlice trim() {
    int from = 0;
    int to = length;
    while (from < to && isWhiteSpace(array[offset + from])) {
      from++;
    }
    while (from < to && isWhiteSpace(array[offset + to - 1])) {
      to--;
    }
    return from == 0 && to == length ? this : slice(from, to);
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, end());
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, offset, length);
  }

  public static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteSlice slice
        && Arrays.equals(array, offset, end(), slice.array, slice.offset, slice.end());
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < end(); i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The bytes as UTF-8; what is not UTF-8 shows as U+FFFD. */
  @Override
  public String toString() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}

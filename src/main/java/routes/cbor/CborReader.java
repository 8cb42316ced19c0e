package routes.cbor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/**
 * Walks over CBOR (RFC 8949) in an array, whose bytes it shares and does not copy. Reads what AWS
 * writes: maps, arrays, strings, whole numbers, null and tags, which it passes over. Not
 * thread-safe.
 */
public final class CborReader {

  /** What is wrong with bytes that are no CBOR, or none that is understood here. */
  public static final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MalformedException(String what) {
      super(what);
    }
  }

  private static final int UNSIGNED = 0;
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int SIMPLE = 7;

  private static final int MAX_IN_HEAD = 23;
  private static final int INDEFINITE = 31;
  private static final int BREAK = 0xFF;
  private static final int NULL = 0xF6;
  private static final int MAX_DEPTH = 16;

  private final byte[] bytes;
  private int at;

  public CborReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Enters a map and answers what {@link #hasNext} wants to know. */
  public long map() {
    return enter(MAP);
  }

  /** Enters an array and answers what {@link #hasNext} wants to know. */
  public long array() {
    return enter(ARRAY);
  }

  /**
   * Whether a map or an array goes on; leaves it where it does not.
   *
   * @param left what entering it answered, less one for each entry read since
   */
  public boolean hasNext(long left) {
    if (left >= 0) {
      return left > 0;
    }
    if (peek() == BREAK) {
      at++;
      return false;
    }
    return true;
  }

  /** Passes over the text that comes next if it is this one. */
  public boolean skipIf(byte[] text) {
    int start = at;
    int head = next();
    if (head >> 5 != TEXT || isIndefinite(head)) {
      throw unexpected("a key", head);
    }
    long length = argument(head);
    if (length == text.length
        && length <= bytes.length - at
        && Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
      at += text.length;
      return true;
    }
    at = start;
    return false;
  }

  public @Nullable String text() {
    ByteSlice text = string(TEXT);
    return text == null ? null : new String(text.array(), text.offset(), text.length(), UTF_8);
  }

  public @Nullable ByteSlice bytes() {
    return string(BYTES);
  }

  /** A whole number; 0 in place of null. */
  public long number() {
    if (skipNull()) {
      return 0;
    }
    int head = head();
    long value = argument(head);
    return switch (head >> 5) {
      case UNSIGNED -> value;
      case NEGATIVE -> -1 - value;
      default -> throw unexpected("a whole number", head);
    };
  }

  /** Passes over a value of any kind. */
  public void skip() {
    skip(MAX_DEPTH);
  }

  private void skip(int depth) {
    if (depth == 0) {
      throw new MalformedException("Nested deeper than " + MAX_DEPTH);
    }
    int kind = peek() >> 5;
    switch (kind) {
      case UNSIGNED, NEGATIVE, TAG, SIMPLE -> argument(next());
      case BYTES, TEXT -> string(kind);
      default -> {
        int values = kind == MAP ? 2 : 1;
        for (long left = enter(kind); hasNext(left); left--) {
          for (int i = 0; i < values; i++) {
            skip(depth - 1);
          }
        }
      }
    }
    if (kind == TAG) {
      skip(depth - 1);
    }
  }

  private long enter(int kind) {
    if (skipNull()) {
      return 0;
    }
    int head = head();
    if (head >> 5 != kind) {
      throw unexpected(kind == MAP ? "a map" : "an array", head);
    }
    if (isIndefinite(head)) {
      return -1;
    }
    long length = argument(head);
    if (length < 0) {
      throw cutOff();
    }
    return length;
  }

  private @Nullable ByteSlice string(int kind) {
    if (skipNull()) {
      return null;
    }
    int head = head();
    if (head >> 5 != kind) {
      throw unexpected(kind == TEXT ? "a text" : "bytes", head);
    }
    return isIndefinite(head) ? chunks(kind) : stretch(argument(head));
  }

  private ByteSlice chunks(int kind) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (hasNext(-1)) {
      int head = next();
      if (head >> 5 != kind || isIndefinite(head)) {
        throw unexpected("a piece of a string", head);
      }
      ByteSlice chunk = stretch(argument(head));
      whole.write(chunk.array(), chunk.offset(), chunk.length());
    }
    return ByteSlice.of(whole.toByteArray());
  }

  private ByteSlice stretch(long length) {
    if (length < 0 || length > bytes.length - at) {
      throw cutOff();
    }
    ByteSlice stretch = new ByteSlice(bytes, at, (int) length);
    at += (int) length;
    return stretch;
  }

  private boolean skipNull() {
    if (peek() != NULL) {
      return false;
    }
    at++;
    return true;
  }

  /** The first byte of the next value that is no tag. */
  private int head() {
    int head = next();
    while (head >> 5 == TAG) {
      argument(head);
      head = next();
    }
    return head;
  }

  /** The number in a first byte, or in the bytes after it. */
  private long argument(int head) {
    int info = head & 0x1F;
    if (info <= MAX_IN_HEAD) {
      return info;
    }
    if (info > 27) {
      throw unexpected("a length", head);
    }
    long value = 0;
    for (int i = 1 << (info - 24); i > 0; i--) {
      value = value << 8 | next();
    }
    return value;
  }

  private static boolean isIndefinite(int head) {
    return (head & 0x1F) == INDEFINITE;
  }

  private int peek() {
    if (at >= bytes.length) {
      throw cutOff();
    }
    return bytes[at] & 0xFF;
  }

  private int next() {
    int next = peek();
    at++;
    return next;
  }

  private MalformedException cutOff() {
    return new MalformedException("Cut off at byte " + bytes.length);
  }

  private MalformedException unexpected(String wanted, int head) {
    return new MalformedException(
        "%s was to come before byte %s, not 0x%s".formatted(wanted, at, Integer.toHexString(head)));
  }
}

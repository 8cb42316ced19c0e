package routes.demo.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that are being written, used again and again. What is put in is either escaped already, see
 * {@link #escaped(String)}, or ASCII that needs no escaping. Not thread-safe.
 */
public final class Text {

  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final long BILLION = 1_000_000_000L;
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final byte[] digits = new byte[20];
  private byte[] bytes = new byte[1024];
  private int length;
  private long second = Long.MIN_VALUE;
  private byte[] secondText = new byte[0];

  /** A text as it stands between the quotes of a JSON string. */
  public static byte[] escaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
    for (byte b : text.getBytes(UTF_8)) {
      switch (b) {
        case '"' -> out.writeBytes(new byte[] {'\\', '"'});
        case '\\' -> out.writeBytes(new byte[] {'\\', '\\'});
        case '\n' -> out.writeBytes(new byte[] {'\\', 'n'});
        case '\t' -> out.writeBytes(new byte[] {'\\', 't'});
        default -> {
          if (b >= 0 && b < ' ') {
            out.writeBytes(("\\u" + HexFormat.of().toHexDigits((short) b)).getBytes(ISO_8859_1));
          } else {
            out.write(b);
          }
        }
      }
    }
    return out.toByteArray();
  }

  public Text clear() {
    length = 0;
    return this;
  }

  public int length() {
    return length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public Text put(byte[] escaped) {
    return put(escaped, 0, escaped.length);
  }

  /** ASCII that needs no escaping. */
  @SuppressWarnings("deprecation") // The one method that copies ASCII without a detour.
  public Text put(String ascii) {
    int count = ascii.length();
    room(count);
    ascii.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  public Text put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** A part of another text. */
  public Text put(Text from, int start, int end) {
    return put(from.bytes, start, end - start);
  }

  /** The whole number that stands there. */
  public long numberAt(int start, int end) {
    return Long.parseLong(new String(bytes, start, end - start, ISO_8859_1));
  }

  /** Takes the end off again. */
  public Text cut(int newLength) {
    length = newLength;
    return this;
  }

  public Text number(long number) {
    if (number < 0) {
      return put('-').number(-number);
    }
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return put(digits, at, digits.length - at);
  }

  /**
   * A number in decimals.
   *
   * @param places 0 to 6
   */
  public Text decimal(double number, int places) {
    long scaled = Math.round(Math.abs(number) * POWERS[places]);
    if (number < 0 && scaled > 0) {
      put('-');
    }
    number(scaled / POWERS[places]);
    return places == 0 ? this : put('.').padded(scaled % POWERS[places], places);
  }

  /** A number with zeros in front. */
  public Text padded(long number, int width) {
    room(width);
    long rest = number;
    for (int i = width - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
    return this;
  }

  /** The last digits of a number in lower-case hexadecimal. */
  public Text hex(long number, int width) {
    room(width);
    for (int i = width - 1; i >= 0; i--) {
      bytes[length++] = HEX[(int) (number >>> (4 * i)) & 15];
    }
    return this;
  }

  /** A time as ISO-8601 in UTC, with milliseconds. */
  public Text time(long epochNanos) {
    long whole = Math.floorDiv(epochNanos, BILLION);
    if (whole != second) {
      second = whole;
      String text = Instant.ofEpochSecond(whole).toString();
      secondText = text.substring(0, text.length() - 1).getBytes(ISO_8859_1);
    }
    return put(secondText)
        .put('.')
        .padded(Math.floorMod(epochNanos, BILLION) / 1_000_000, 3)
        .put('Z');
  }

  private Text put(byte[] from, int start, int count) {
    room(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}

package routes.partition;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A service's name as the value of a Hive partition, such as {@code team%2Fcheckout}.
 *
 * <p>ASCII letters, digits, {@code -}, {@code _} and {@code .} stand for themselves, a dot in front
 * excepted; every other byte of the name's UTF-8 becomes {@code %XX} (RFC 3986, section 2.1). That
 * escapes all that Hive does ({@code FileUtils.charToEscape}) and leaves only what S3 calls safe in
 * a key, so the value is one segment of a path for every reader and file system. Hive, Spark and
 * Athena read ASCII back as it was. Other characters they would take raw and show byte by byte
 * here; in exchange no name depends on a file system's encoding or Unicode normalisation, under
 * which a raw name could be impossible to write or be one with another.
 */
public final class PartitionValue {

  /** With {@code service=} in front still within the 255 bytes of a file's name. */
  private static final int MAX_LENGTH = 200;

  /** What Hive takes for a missing value ({@code hive.exec.default.partition.name}). */
  private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PartitionValue() {}

  /** What keeps a name from being a value, as the end of a sentence, or null when nothing does. */
  public static @Nullable String objection(String name) {
    if (name.isBlank()) {
      return "is blank";
    }
    if (name.equals(HIVE_NULL)) {
      return "is Hive's word for no value";
    }
    int length = encodedLength(name);
    if (length < 0) {
      return "holds half a surrogate pair, which is no character";
    }
    if (length > MAX_LENGTH) {
      return "takes " + length + " bytes percent-encoded, of at most " + MAX_LENGTH;
    }
    return null;
  }

  /**
   * The value for a name. Different names have different values.
   *
   * @throws IllegalArgumentException when there is an {@link #objection(String)}
   */
  public static String encode(String name) {
    String objection = objection(name);
    if (objection != null) {
      throw new IllegalArgumentException("Partition value \"" + name + "\" " + objection);
    }
    if (encodedLength(name) == name.length()) {
      return name;
    }
    StringBuilder value = new StringBuilder(MAX_LENGTH);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) b, value.length())) {
        value.append((char) b);
      } else {
        HEX.toHexDigits(value.append('%'), b);
      }
    }
    return value.toString();
  }

  /**
   * The name a value stands for.
   *
   * @throws IllegalArgumentException when {@link #encode(String)} gives no such value
   */
  public static String decode(String value) {
    String name = URLDecoder.decode(value, StandardCharsets.UTF_8);
    if (!encode(name).equals(value)) {
      throw new IllegalArgumentException("No partition value: \"" + value + "\"");
    }
    return name;
  }

  /** How many characters the value takes; negative when half a surrogate pair forbids one. */
  private static int encodedLength(String name) {
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isPlain(c, i)) {
        length++;
      } else if (!Character.isSurrogate(c)) {
        length += 3 * (c < 0x80 ? 1 : c < 0x800 ? 2 : 3);
      } else if (Character.isSurrogatePair(c, i + 1 < name.length() ? name.charAt(i + 1) : 0)) {
        length += 3 * 4;
        i++;
      } else {
        return -1;
      }
    }
    return length;
  }

  private static boolean isPlain(char c, int position) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || (c == '.' && position > 0);
  }
}

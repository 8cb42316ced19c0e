package routes.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A text, number or boolean, as its bytes stand in JSON that is known to be well-formed. */
final class JsonScalar {

  /** Decodes texts with escapes, which are rare. */
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteSlice raw;

  private JsonScalar(ByteSlice raw) {
    this.raw = raw;
  }

  /** The value that starts at an index of the bytes; null for an object, an array and null. */
  static @Nullable JsonScalar at(ByteSlice json, int start) {
    return switch (json.at(start)) {
      case '{', '[', 'n' -> null;
      case '"' -> new JsonScalar(json.slice(start, endOfText(json, start)));
      default -> new JsonScalar(json.slice(start, endOfWord(json, start)));
    };
  }

  private static int endOfText(ByteSlice json, int start) {
    int end = start + 1;
    while (json.at(end) != '"') {
      end += json.at(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }

  private static int endOfWord(ByteSlice json, int start) {
    int end = start;
    while (isOfWord(json.at(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == '-'
        || b == '+'
        || b == '.'
        || b == 'E';
  }

  /** The bytes as they stand, a text with its quotes. */
  ByteSlice raw() {
    return raw;
  }

  boolean isText() {
    return raw.at(0) == '"';
  }

  boolean isNumber() {
    return raw.at(0) == '-' || (raw.at(0) >= '0' && raw.at(0) <= '9');
  }

  /** The value in UTF-8, a text without its quotes and escapes. */
  ByteSlice bytes() {
    if (!isText()) {
      return raw;
    }
    ByteSlice inside = raw.slice(1, raw.length() - 1);
    return hasEscape(inside) ? ByteSlice.utf8(decoded()) : inside;
  }

  /** The value as text; half a surrogate pair, which an escape can express, stays one. */
  String text() {
    if (!isText()) {
      return raw.toString();
    }
    ByteSlice inside = raw.slice(1, raw.length() - 1);
    return hasEscape(inside) ? decoded() : inside.toString();
  }

  private static boolean hasEscape(ByteSlice inside) {
    byte[] array = inside.array();
    for (int i = inside.offset(); i < inside.end(); i++) {
      if (array[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private String decoded() {
    try (JsonParser parser = JSON.createParser(raw.array(), raw.offset(), raw.length())) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

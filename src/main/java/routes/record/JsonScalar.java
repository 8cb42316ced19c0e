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
  private final boolean escaped;

  private JsonScalar(ByteSlice raw, boolean escaped) {
    this.raw = raw;
    this.escaped = escaped;
  }

  /** The value that starts at an index of the bytes; null for an object, an array and null. */
  static @Nullable JsonScalar at(ByteSlice json, int start) {
    return switch (json.at(start)) {
      case '{', '[', 'n' -> null;
      case '"' -> text(json, start);
      default -> word(json, start);
    };
  }

  private static JsonScalar text(ByteSlice json, int start) {
    byte[] b = json.array();
    boolean escaped = false;
    int end = json.offset() + start + 1;
    while (b[end] != '"') {
      if (b[end] == '\\') {
        escaped = true;
        end++;
      }
      end++;
    }
    return new JsonScalar(json.slice(start, end + 1 - json.offset()), escaped);
  }

  private static JsonScalar word(ByteSlice json, int start) {
    int end = start;
    while (isOfWord(json.at(end))) {
      end++;
    }
    return new JsonScalar(json.slice(start, end), false);
  }

  private static boolean isOfWord(byte b) {
    return b != ',' && b != '}' && b != ']' && !ByteSlice.isWhiteSpace(b);
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
    if (escaped) {
      return ByteSlice.utf8(decoded());
    }
    return isText() ? raw.slice(1, raw.length() - 1) : raw;
  }

  /** The value as text; half a surrogate pair, which an escape can express, stays one. */
  String text() {
    return escaped ? decoded() : bytes().toString();
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

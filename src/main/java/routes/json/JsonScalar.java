package routes.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A text, number or boolean, as its bytes stand in JSON that is known to be well-formed. */
public final class JsonScalar {

  /** Decodes texts with escapes, which are rare. */
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteSlice json;
  private final int start;
  private final int end;
  private final boolean escaped;

  private JsonScalar(ByteSlice json, int start, int end, boolean escaped) {
    this.json = json;
    this.start = start;
    this.end = end;
    this.escaped = escaped;
  }

  /** The value that starts at an index of the bytes; null for an object, an array and null. */
  public static @Nullable JsonScalar at(ByteSlice json, int start) {
    return switch (json.at(start)) {
      case '{', '[', 'n' -> null;
      case '"' -> text(json, start);
      default -> word(json, start);
    };
  }

  private static JsonScalar text(ByteSlice json, int start) {
    byte[] b = json.array();
    int first = json.offset() + start + 1;
    int quote = ByteSearch.find('"', b, first, json.end());
    int escape = ByteSearch.find('\\', b, first, quote);
    boolean escaped = escape < quote;
    while (escape < quote) {
      if (escape + 1 == quote) {
        quote = ByteSearch.find('"', b, quote + 1, json.end());
      }
      escape = ByteSearch.find('\\', b, escape + 2, quote);
    }
    return new JsonScalar(json, start, quote + 1 - json.offset(), escaped);
  }

  private static JsonScalar word(ByteSlice json, int start) {
    int end = start;
    while (isOfWord(json.at(end))) {
      end++;
    }
    return new JsonScalar(json, start, end, false);
  }

  private static boolean isOfWord(byte b) {
    return b != ',' && b != '}' && b != ']' && !ByteSlice.isWhiteSpace(b);
  }

  /** The bytes as they stand, a text with its quotes. */
  public ByteSlice raw() {
    return json.slice(start, end);
  }

  public boolean isText() {
    return json.at(start) == '"';
  }

  public boolean isNumber() {
    return json.at(start) == '-' || (json.at(start) >= '0' && json.at(start) <= '9');
  }

  /** Whether it is a text of nothing but white space. */
  public boolean isBlank() {
    if (!isText()) {
      return false;
    }
    byte first = json.at(start + 1);
    return first == '"' || ((first <= ' ' || first == '\\') && text().isBlank());
  }

  /** The value in UTF-8, a text without its quotes and escapes. */
  public ByteSlice bytes() {
    if (escaped) {
      return ByteSlice.utf8(decoded());
    }
    return isText() ? json.slice(start + 1, end - 1) : raw();
  }

  /** The value as text; half a surrogate pair, which an escape can express, stays one. */
  public String text() {
    return escaped ? decoded() : bytes().toString();
  }

  private String decoded() {
    ByteSlice raw = raw();
    try (JsonParser parser = JSON.createParser(raw.array(), raw.offset(), raw.length())) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

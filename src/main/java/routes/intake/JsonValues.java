package routes.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.record.SurrogateHalves;
import routes.record.Utf8;

/**
 * The values of a JSON body, one after the other: one alone, several in a row, the elements of
 * arrays. Where a value ends is known before it becomes a tree, so that a long one costs no memory.
 * Not thread-safe.
 */
public final class JsonValues {

  /** Numbers keep their value, whatever their size, and NULs do not make it UTF-16. */
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final ByteSlice body;
  private final JsonParser parser;
  private boolean inArray;

  public JsonValues(byte[] body) {
    this.body = json(body);
    try {
      this.parser = JSON.createParser(this.body.array(), this.body.offset(), this.body.length());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The bytes of the next value, or null at the end of the body.
   *
   * @throws MalformedBodyException when there is no well-formed value and not the end either
   */
  public @Nullable ByteSlice next() {
    try {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY && !inArray) {
          inArray = true;
        } else if (token == JsonToken.END_ARRAY) {
          inArray = false;
        } else {
          return value();
        }
      }
      return null;
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private ByteSlice value() throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return body.slice(start, (int) parser.currentLocation().getByteOffset()).trim();
  }

  /**
   * A body as it is read where its records are written anew: without a byte order mark, and with
   * U+FFFD for what is not UTF-8 and for halves of surrogate pairs, in bytes or as escapes.
   */
  public static ByteSlice json(byte[] body) {
    return SurrogateHalves.replaced(Utf8.repaired(ByteSlice.of(body).withoutByteOrderMark()));
  }

  /** A value as a tree. */
  public static JsonNode tree(ByteSlice value) {
    try {
      return JSON.readTree(value.array(), value.offset(), value.length());
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A tree in UTF-8. */
  public static byte[] bytes(JsonNode tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}

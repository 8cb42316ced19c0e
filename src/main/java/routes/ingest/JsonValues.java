package routes.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.http.BodyMemory;
import routes.http.DecodedBody;
import routes.http.MalformedBodyException;
import routes.json.ByteSlice;
import routes.json.CharacterPlaces;
import routes.json.ForeignJson;
import routes.json.SurrogateHalves;
import routes.json.Utf8;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * The values of a JSON body, one after the other: one alone, several in a row, the elements of
 * arrays. Where a value ends and how many parts it has is known before it becomes a tree, which is
 * paid for from the request's memory. Not thread-safe.
 */
public final class JsonValues {

  /** Numbers keep their value. */
  private static final ObjectMapper JSON =
      JsonMapper.builder(ForeignJson.builder().build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** For a name, an array, an object, a number, a text: the most that one of them takes. */
  private static final int BYTES_A_NODE = 110;

  /** For each byte of a value, which is text in the tree and is written anew. */
  private static final int BYTES_A_BYTE = 4;

  /** Of a tree: more than a record may have, and less than a thread's stack takes to write. */
  private static final int MAX_DEPTH = 500;

  private final ByteSlice body;
  private final BodyMemory.Share memory;
  private final JsonParser parser;
  private final CharacterPlaces places;
  private final JsonSkip skip;
  private boolean inArray;
  private long nodes;
  private long held;

  public JsonValues(DecodedBody body) {
    this.body = json(body);
    this.memory = body.memory();
    this.skip = new JsonSkip(body);
    this.parser = JsonSkip.parser(this.body);
    this.places = new CharacterPlaces(this.body);
  }

  /**
   * The bytes of the next value, or null at the end of the body. The tree of the value before is
   * not to be used any more.
   *
   * @throws MalformedBodyException when there is no well-formed value and not the end either
   * @throws HttpProblem 413 or 429 when there is no memory to look for the end of a text
   */
  public @Nullable ByteSlice next() {
    giveBack();
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
    int start = places.of(parser.currentTokenLocation().getCharOffset());
    nodes = skip.skip(parser);
    // A text is gathered in characters to find its end.
    hold(parser.hasToken(JsonToken.VALUE_STRING) ? 2L * (body.length() - start) : 0);
    parser.finishToken();
    giveBack();
    return body.slice(start, places.of(parser.currentLocation().getCharOffset())).trim();
  }

  /**
   * A body as it is read where its records are written anew: without a byte order mark, and with
   * U+FFFD for what is not UTF-8 and for halves of surrogate pairs, in bytes or as escapes.
   *
   * @throws HttpProblem 413 or 429 when there is no memory for a body that had to be mended
   */
  public static ByteSlice json(DecodedBody body) {
    ByteSlice came = ByteSlice.of(body.bytes());
    ByteSlice read = SurrogateHalves.replaced(Utf8.repaired(came.withoutByteOrderMark()));
    if (read.array() != came.array()) {
      body.memory().require(read.length());
    }
    return read;
  }

  /** What was written as JSON here, as a tree. */
  static JsonNode read(ByteSlice json) {
    try {
      return JSON.readTree(json.toString());
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Why the value that {@link #next} found last does not become a tree: it is no object, or longer
   * or deeper than a record may be; null when it may.
   */
  public @Nullable Rejection objection(ByteSlice value, RecordParser parser) {
    boolean isRecord =
        value.at(0) == '{' && value.length() <= parser.maxBytes() && skip.depth() <= MAX_DEPTH;
    return !isRecord && parser.parse(value, Instant.EPOCH) instanceof Rejection why ? why : null;
  }

  /**
   * The value that {@link #next} found last, as a tree; a number that is too long or too large for
   * one is a text in it.
   *
   * @param value to which there is no {@link #objection}
   * @throws HttpProblem 413 or 429 when there is no memory for it
   */
  public ObjectNode tree(ByteSlice value) {
    hold(nodes * BYTES_A_NODE + (long) value.length() * BYTES_A_BYTE);
    try (JsonParser json = new HeldNumbers(JSON.createParser(value.toString()))) {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw MalformedBodyException.notJson("JSON", malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void hold(long bytes) {
    memory.require(bytes);
    held += bytes;
  }

  private void giveBack() {
    memory.giveBack(held);
    held = 0;
  }

  /** Gives as texts the numbers that Java cannot hold, or only after long thought. */
  private static final class HeldNumbers extends JsonParserDelegate {

    private static final int MAX_DIGITS = 1000;

    /** With the {@code e} and a sign; what it says fits into 32 bits then. */
    private static final int MAX_EXPONENT_LENGTH = 10;

    private boolean isText;

    HeldNumbers(JsonParser json) {
      super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      isText = token != null && token.isNumeric() && !isHeld();
      return currentToken();
    }

    @Override
    public JsonToken currentToken() {
      return isText ? JsonToken.VALUE_STRING : super.currentToken();
    }

    @Override
    public int currentTokenId() {
      return isText ? JsonTokenId.ID_STRING : super.currentTokenId();
    }

    private boolean isHeld() throws IOException {
      int length = getTextLength();
      char[] text = getTextCharacters();
      int from = getTextOffset();
      int at = from;
      while (at < from + length && text[at] != 'e' && text[at] != 'E') {
        at++;
      }
      return length <= MAX_DIGITS && from + length - at <= MAX_EXPONENT_LENGTH;
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

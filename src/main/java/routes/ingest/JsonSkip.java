package routes.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import routes.http.BodyMemory;
import routes.http.DecodedBody;
import routes.json.ByteSlice;
import routes.json.ForeignJson;

/**
 * Passes over values of one body in JSON. Jackson keeps a name until its end is found, and
 * something for each level until the end of the body, which is paid for. Not thread-safe.
 */
public final class JsonSkip {

  private static final JsonFactory FACTORY =
      ForeignJson.builder()
          .streamReadConstraints(
              ForeignJson.ANY_LENGTH.rebuild().maxNestingDepth(Integer.MAX_VALUE).build())
          .build();

  private static final int BYTES_A_LEVEL = 120;

  /** While the end of a name is looked for, Jackson keeps it in several forms. */
  private static final int BYTES_A_BYTE_OF_NAME = 10;

  /** Names up to here are short enough not to be counted before they are read. */
  private static final int LONG_NAME = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

  private final BodyMemory.Share memory;
  private int depth;
  private int deepest;

  /**
   * For a body of which nothing has been read.
   *
   * @throws HttpProblem 413 or 429 when there is no memory for what may be a name in it
   */
  public JsonSkip(DecodedBody body) {
    this.memory = body.memory();
    memory.require((long) BYTES_A_BYTE_OF_NAME * longNames(body.bytes()));
  }

  /** A parser for which depth is a matter of the record that is deep, which others came with. */
  public static JsonParser parser(ByteSlice body) {
    return ForeignJson.parser(body, FACTORY);
  }

  /**
   * Goes to the end of the object or array that has begun, if one has.
   *
   * @return how many names, arrays, objects, texts and the like it has, itself among them
   * @throws HttpProblem 413 or 429 when there is no memory for the levels
   */
  public long skip(JsonParser parser) throws IOException {
    depth = 0;
    if (!parser.currentToken().isStructStart()) {
      return 1;
    }
    long nodes = 1;
    enter(1);
    for (int level = 1; level > 0; nodes++) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        enter(++level);
      } else if (token.isStructEnd()) {
        level--;
      }
    }
    return nodes;
  }

  /** How many levels the value has that was passed over last; 0 of what has none. */
  public int depth() {
    return depth;
  }

  /** How long the longest stretch without the end of a name is, or 0 when none is long. */
  private static int longNames(byte[] body) {
    int longest = 0;
    int end = 0;
    while (body.length - end > LONG_NAME) {
      int at = end + LONG_NAME;
      while (at > end && !mayEndName(body, at)) {
        at--;
      }
      if (at == end) {
        at = end + LONG_NAME;
        while (at < body.length && !mayEndName(body, at)) {
          at++;
        }
        longest = Math.max(longest, at - end);
      }
      end = at;
    }
    return longest;
  }

  private static boolean mayEndName(byte[] body, int at) {
    return body[at] == '"' && body[at - 1] != '\\';
  }

  /** Pays for a level if it is new. */
  private void enter(int level) {
    depth = Math.max(depth, level);
    if (level > deepest) {
      memory.require(BYTES_A_LEVEL);
      deepest = level;
    }
  }
}

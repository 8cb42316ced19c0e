package routes.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
import routes.http.BodyMemory;
import routes.http.DecodedBody;

/**
 * Passes over values of one body in JSON. Jackson keeps every name it meets for as long as it reads
 * a body, and something for each level, so what is new is paid for. Not thread-safe.
 */
public final class JsonSkip {

  /**
   * For parsers of bodies: what is deep or long is a matter of the record it is in, which others
   * came with.
   */
  public static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  /** Nobody can know which names have the same hash. */
  private static final HashFunction HASH =
      Hashing.murmur3_32_fixed(ThreadLocalRandom.current().nextInt());

  private static final int BYTES_A_NAME = 120;

  private static final int BYTES_A_LEVEL = 120;

  /** While the end of a name is looked for, Jackson keeps it in several forms. */
  private static final int BYTES_A_BYTE_OF_NAME = 10;

  /** Names up to here are short enough not to be counted before they are read. */
  private static final int LONG_NAME = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

  /** Of a body of names of a few characters most get a bit of their own. */
  private static final int BYTES_A_BIT = 4;

  private static final int MIN_BITS = 1 << 10;

  private final BodyMemory.Share memory;
  private final BitSet seen = new BitSet();
  private final int mask;
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
    this.mask = Integer.highestOneBit(Math.max(MIN_BITS, body.bytes().length / BYTES_A_BIT)) - 1;
  }

  /**
   * Goes to the end of the object or array that has begun, if one has.
   *
   * @return how many names, arrays, objects, texts and the like it has, itself among them
   * @throws HttpProblem 413 or 429 when there is no memory for the names or the levels
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
      if (token == JsonToken.FIELD_NAME) {
        see(parser.currentName());
      } else if (token.isStructStart()) {
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

  /** Pays for a name if it is new. */
  private void see(String name) {
    int bit = HASH.hashUnencodedChars(name).asInt() & mask;
    if (!seen.get(bit)) {
      memory.require(BYTES_A_NAME + 2L * name.length());
      seen.set(bit);
    }
  }
}

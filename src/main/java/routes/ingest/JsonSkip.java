package routes.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
import routes.http.BodyMemory;
import routes.http.DecodedBody;

/**
 * Passes over values of one body in JSON. Jackson keeps every name it meets for as long as it reads
 * a body, so new ones are paid for. Not thread-safe.
 */
public final class JsonSkip {

  /** Nobody can know which names have the same hash. */
  private static final HashFunction HASH =
      Hashing.murmur3_32_fixed(ThreadLocalRandom.current().nextInt());

  private static final int BYTES_A_NAME = 120;

  /** Of a body of names of a few characters most get a bit of their own. */
  private static final int BYTES_A_BIT = 4;

  private static final int MIN_BITS = 1 << 10;

  private final BodyMemory.Share memory;
  private final BitSet seen = new BitSet();
  private final int mask;

  public JsonSkip(DecodedBody body) {
    this.memory = body.memory();
    this.mask = Integer.highestOneBit(Math.max(MIN_BITS, body.bytes().length / BYTES_A_BIT)) - 1;
  }

  /**
   * Goes to the end of the object or array that has begun, if one has.
   *
   * @return how many names, arrays, objects, texts and the like it has, itself among them
   * @throws HttpProblem 413 or 429 when there is no memory for the names
   */
  public long skip(JsonParser parser) throws IOException {
    if (!parser.currentToken().isStructStart()) {
      return 1;
    }
    long nodes = 1;
    for (int depth = 1; depth > 0; nodes++) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        see(parser.currentName());
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return nodes;
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

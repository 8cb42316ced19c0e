package routes.local.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Ints;
import java.util.Map;
import java.util.TreeMap;

/**
 * The MD5 sums by which clients see that a message came whole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">how
 *     that of attributes is made</a>
 */
// What the API asks for, not a safeguard.
@SuppressWarnings("deprecation")
final class Checksums {

  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private Checksums() {}

  static String of(String body) {
    return Hashing.md5().hashString(body, UTF_8).toString();
  }

  static String of(Map<String, StoredAttribute> attributes) {
    Hasher sum = Hashing.md5().newHasher();
    new TreeMap<>(attributes)
        .forEach(
            (name, attribute) -> {
              put(sum, name.getBytes(UTF_8));
              put(sum, attribute.dataType().getBytes(UTF_8));
              sum.putByte(attribute.isBinary() ? BINARY : TEXT);
              put(sum, attribute.bytes());
            });
    return sum.hash().toString();
  }

  /** Guava would write a length with its last byte first. */
  private static void put(Hasher sum, byte[] bytes) {
    sum.putBytes(Ints.toByteArray(bytes.length)).putBytes(bytes);
  }
}

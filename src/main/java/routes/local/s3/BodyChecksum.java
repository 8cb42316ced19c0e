package routes.local.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A checksum that a client sends with a body, before it in a header or after it in a trailer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">
 *     Checking object integrity</a>
 */
final class BodyChecksum {

  /** Begins the name of a header with a checksum, before that of the algorithm. */
  static final String HEADER = "x-amz-checksum-";

  private static final String TRAILER = "x-amz-trailer";

  /** What takes the bytes and tells the result, in the bytes that are sent in base64. */
  private interface Algorithm {

    void update(byte[] bytes, int offset, int length);

    byte[] result();
  }

  private static final Map<String, Supplier<Algorithm>> ALGORITHMS =
      Map.of(
          "crc32", () -> of(new CRC32(), Integer.BYTES),
          "crc32c", () -> of(new CRC32C(), Integer.BYTES),
          "crc64nvme", () -> of(new Crc64Nvme(), Long.BYTES),
          "sha1", () -> of(Md5.digest("SHA-1")),
          "sha256", () -> of(Md5.digest("SHA-256")));

  private final String header;
  private final @Nullable String expected;
  private final Algorithm algorithm;

  private BodyChecksum(String header, @Nullable String expected, Algorithm algorithm) {
    this.header = header;
    this.expected = expected;
    this.algorithm = algorithm;
  }

  /** The checksums that a request announces; as a rule none or one. */
  static List<BodyChecksum> of(S3Request request) {
    String trailer = request.header(TRAILER);
    String announced = trailer == null ? "" : trailer.toLowerCase(Locale.ROOT);
    return ALGORITHMS.entrySet().stream()
        .filter(
            known ->
                request.header(HEADER + known.getKey()) != null
                    || announced.equals(HEADER + known.getKey()))
        .map(
            known ->
                new BodyChecksum(
                    HEADER + known.getKey(),
                    request.header(HEADER + known.getKey()),
                    known.getValue().get()))
        .toList();
  }

  /** The checksums of a whole object that come with the end of an upload in parts. */
  static List<BodyChecksum> ofWhole(S3Request request) {
    return of(request).stream()
        // What ends in a number is a checksum of the checksums of parts.
        .filter(sum -> sum.expected != null && !sum.expected.contains("-"))
        .toList();
  }

  /** All of them, as {@link #verified(Map)} has each, by the names of their headers. */
  static Map<String, String> verified(List<BodyChecksum> checksums, Map<String, String> trailers) {
    Map<String, String> verified = new HashMap<>();
    checksums.forEach(sum -> verified.put(sum.header, sum.verified(trailers)));
    return verified;
  }

  void update(byte[] bytes, int offset, int length) {
    algorithm.update(bytes, offset, length);
  }

  /**
   * The checksum of what was taken, in base64.
   *
   * @param trailers what came behind the body, by names in small letters
   * @throws S3Exception when it is not what the client sent
   */
  String verified(Map<String, String> trailers) {
    String actual = Base64.getEncoder().encodeToString(algorithm.result());
    String wanted = expected == null ? trailers.get(header) : expected;
    if (!actual.equals(wanted)) {
      throw S3Exception.invalid(
          "BadDigest",
          "The body has the %s %s and not %s, as was announced: it was changed on the way."
              .formatted(
                  header.substring(HEADER.length()),
                  actual,
                  wanted == null ? "any" : Xml.printable(wanted)));
    }
    return actual;
  }

  private static Algorithm of(Checksum sum, int bytes) {
    return new Algorithm() {
      @Override
      public void update(byte[] data, int offset, int length) {
        sum.update(data, offset, length);
      }

      @Override
      public byte[] result() {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
        return Arrays.copyOfRange(value, Long.BYTES - bytes, Long.BYTES);
      }
    };
  }

  private static Algorithm of(MessageDigest digest) {
    return new Algorithm() {
      @Override
      public void update(byte[] data, int offset, int length) {
        digest.update(data, offset, length);
      }

      @Override
      public byte[] result() {
        return digest.digest();
      }
    };
  }
}

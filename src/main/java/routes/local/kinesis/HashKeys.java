package routes.local.kinesis;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Turns partition keys into 16-byte hash keys, as AWS does: their MD5. Holds a digest, so use it
 * from one thread.
 */
final class HashKeys {

  static final int BYTES = 16;

  private static final Pattern DECIMAL = Pattern.compile("0|([1-9]\\d{0,38})");

  private final MessageDigest md5;

  HashKeys() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }

  byte[] of(byte[] partitionKey) {
    return md5.digest(partitionKey);
  }

  /** A hash key in decimal, 0 to 2^128-1. */
  static BigInteger parse(String member, String decimal) {
    if (!DECIMAL.matcher(decimal).matches()) {
      throw Constraints.violated(
          decimal,
          Character.toLowerCase(member.charAt(0)) + member.substring(1),
          "Member must satisfy regular expression pattern: " + DECIMAL.pattern());
    }
    BigInteger value = new BigInteger(decimal);
    if (value.compareTo(HashKeyRange.MAX) > 0) {
      throw KinesisException.invalidArgument(
          "Invalid %s. %s must be in the range: [0, 2^128-1]. Specified value was %s"
              .formatted(member, member, decimal));
    }
    return value;
  }

  /** Big-endian, so that unsigned comparison of the bytes is comparison of the numbers. */
  static byte[] bytes(BigInteger hashKey) {
    byte[] minimal = hashKey.toByteArray();
    byte[] bytes = new byte[BYTES];
    int length = Math.min(minimal.length, BYTES);
    System.arraycopy(minimal, minimal.length - length, bytes, BYTES - length, length);
    return bytes;
  }
}

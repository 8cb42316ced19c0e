package routes.local.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** MD5, which the entity tags of S3 are. */
final class Md5 {

  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 32;

  private Md5() {}

  static MessageDigest digest() {
    return digest("MD5");
  }

  /**
   * A digest that every Java platform has.
   *
   * @param algorithm such as {@code SHA-256}
   */
  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }

  static String hex(byte[] md5) {
    return HEX.formatHex(md5);
  }

  static String hex(ByteBuffer md5) {
    byte[] bytes = new byte[md5.remaining()];
    md5.get(bytes);
    return hex(bytes);
  }

  /** The bytes of an MD5; none for an entity tag of another kind, as an object in parts has. */
  static byte[] bytesOrEmpty(String etag) {
    return etag.length() == DIGITS ? HEX.parseHex(etag) : new byte[0];
  }
}

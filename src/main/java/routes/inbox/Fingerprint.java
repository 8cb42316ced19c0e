package routes.inbox;

import com.google.common.hash.Hashing;
import java.io.IOException;

/**
 * What a file begins with, as far as it has been published: inodes are reused within seconds, and a
 * file may be written anew.
 *
 * @param length how many bytes, 0 to 1024
 * @param sha256 of these bytes, in hexadecimal
 */
record Fingerprint(int length, String sha256) {

  static final Fingerprint NONE = new Fingerprint(0, hash(new byte[0]));

  private static final int MAX_BYTES = 1024;

  /** The fingerprint of content once it has been published up to an offset. */
  Fingerprint grownTo(long offset, Content content) throws IOException {
    int covered = (int) Math.min(offset, MAX_BYTES);
    if (covered == length) {
      return this;
    }
    return of(content, covered);
  }

  /** The fingerprint of so many bytes, or of all if there are fewer. */
  static Fingerprint of(Content content, int length) throws IOException {
    byte[] beginning = content.read(0, length);
    return new Fingerprint(beginning.length, hash(beginning));
  }

  boolean matches(Content content) throws IOException {
    return equals(of(content, length));
  }

  private static String hash(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}

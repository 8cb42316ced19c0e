package routes.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.ThreadSafe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import routes.settings.Secret;

/** The keys that let somebody in. */
@ThreadSafe
public final class AccessKeys {

  private final List<byte[]> digests;

  /**
   * @param keys none = everybody is let in
   */
  public AccessKeys(Collection<Secret> keys) {
    digests = keys.stream().map(key -> digest(key.text())).toList();
  }

  /** Whether a key is needed at all. */
  public boolean areNeeded() {
    return !digests.isEmpty();
  }

  /** Whether this is one of the keys; how long that takes tells nothing about them. */
  public boolean contain(String key) {
    byte[] digest = digest(key);
    boolean found = false;
    for (byte[] known : digests) {
      found |= MessageDigest.isEqual(known, digest);
    }
    return found;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}

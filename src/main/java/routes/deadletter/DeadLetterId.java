package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a dead letter after what it is: the same bytes given up at the same stage and from the same
 * place always get the same id, so copies on the queue are recognised.
 */
final class DeadLetterId {

  private static final int BYTES = 16;

  private DeadLetterId() {}

  /** 32 hexadecimal digits. */
  static String of(String stage, Source source, Original original) {
    try (InputStream bytes = original.open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, stage);
      for (Object part : source.identity()) {
        add(digest, part.toString());
      }
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read again what cannot be delivered", e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /** With its length in front, or "ab" and "c" would be the same as "a" and "bc". */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}

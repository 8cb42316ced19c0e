package routes.record;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The file a line comes from.
 *
 * @param name what people call it, such as its path
 * @param identity what tells it from other files, whatever its name, such as device and inode
 * @param generation what tells it from an earlier file of the same identity: inodes are reused
 *     within seconds
 */
public record FileSource(String name, String identity, long generation) {

  private static final int ID_BYTES = 16;

  /**
   * The id of a line's record: the same however often the line is read, and another for every other
   * line. Half a SHA-256 in hexadecimal.
   */
  String ingestId(long offset, ByteSlice line) {
    ByteArrayOutputStream origin = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(origin)) {
      // writeUTF puts the length before the text, so no two origins share an encoding.
      out.writeUTF(identity);
      out.writeLong(generation);
      out.writeLong(offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MessageDigest sha256 = sha256();
    sha256.update(origin.toByteArray());
    sha256.update(line.array(), line.offset(), line.length());
    return HexFormat.of().formatHex(sha256.digest(), 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

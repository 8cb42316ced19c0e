package routes.local.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;

/** A file on its way to its place, beside all objects. For one thread at a time. */
final class Incoming implements AutoCloseable {

  private static final int COPIED_AT_ONCE = 256 << 10;

  private final Path path;
  private final FileChannel file;
  private final MessageDigest md5 = Md5.digest();
  private final List<BodyChecksum> checksums;
  private long length;

  /**
   * Creates the file.
   *
   * @param path where there is none
   */
  Incoming(Path path, List<BodyChecksum> checksums) throws IOException {
    this.path = path;
    this.checksums = checksums;
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  void write(byte[] bytes, int offset, int count) throws IOException {
    md5.update(bytes, offset, count);
    checksums.forEach(sum -> sum.update(bytes, offset, count));
    ByteBuffer data = ByteBuffer.wrap(bytes, offset, count);
    while (data.hasRemaining()) {
      file.write(data);
    }
    length += count;
  }

  void copy(OpenContent content) throws IOException {
    for (long at = 0; at < content.length(); at += COPIED_AT_ONCE) {
      byte[] piece = content.read(at, (int) Math.min(COPIED_AT_ONCE, content.length() - at));
      write(piece, 0, piece.length);
    }
  }

  /** The MD5 of what was written; to be asked for once. */
  byte[] md5() {
    return md5.digest();
  }

  /**
   * Describes the object that this becomes, when all is written. When this returns it is on disk,
   * and so before its name is: after a crash of the machine no key has less than was put.
   */
  void describe(String etag, Metadata metadata) throws IOException {
    StoredAttributes attributes = new StoredAttributes(path);
    attributes.writeEtag(etag);
    try {
      attributes.write(metadata);
    } catch (IOException e) {
      throw S3Exception.invalid(
          "MetadataTooLarge",
          "The headers and metadata do not fit into the extended attributes of a file: " + e);
    }
    file.force(true);
    file.close();
  }

  /** Deletes the file, unless it was moved to its place. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}

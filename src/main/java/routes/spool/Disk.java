package routes.spool;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where files are laid down. */
@FunctionalInterface
interface Disk {

  /**
   * Opens a file, which is created where it is missing, to be written from a place on.
   *
   * @param at where what is good of it ends, in bytes
   */
  OutputStream append(Path file, long at) throws IOException;

  /** The disk of this machine. Streams, as a channel would be closed by an interrupt. */
  static OutputStream local(Path file, long at) throws IOException {
    long length = file.toFile().length();
    if (length < at) {
      // What came first would be what comes now, and count as delivered with it.
      throw new IOException(
          "%s has %s of %s bytes: somebody took them away".formatted(file, length, at));
    }
    FileOutputStream out = new FileOutputStream(file.toFile(), true);
    if (length > at) {
      out.getChannel().truncate(at);
    }
    return out;
  }
}

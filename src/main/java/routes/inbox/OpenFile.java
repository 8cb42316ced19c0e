package routes.inbox;

import com.google.common.primitives.Shorts;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file open for reading.
 *
 * @param growing whether it can be read while it is being written: it is not compressed, and long
 *     enough to tell
 * @param objection why it cannot be read, or empty
 */
record OpenFile(
    FileChannel channel,
    Content content,
    RawLines lines,
    boolean growing,
    Optional<String> objection)
    implements Closeable {

  private static final short GZIP = 0x1f8b;

  /** More than the longest record, and in lines of a few hundred bytes as many as below. */
  private static final int BATCH_BYTES = 2 << 20;

  /** Ten full requests to Kinesis. */
  private static final int BATCH_LINES = 5_000;

  /**
   * Opens a file; its first bytes say whether it is compressed with gzip.
   *
   * @throws NoSuchFileException when it is not there any more, or another one is in its place
   */
  static OpenFile of(FileState file) throws IOException {
    FileChannel channel =
        FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      // Looked at once it is open, or it could be replaced in between.
      if (!FileState.of(file.path()).key().equals(file.key())) {
        throw new NoSuchFileException(file.path().toString(), null, "another file is there now");
      }
      Content raw = new PlainContent(channel);
      byte[] first = raw.read(0, FileForm.BEGINNING);
      boolean told = first.length == FileForm.BEGINNING;
      boolean compressed = first.length > 1 && Shorts.fromByteArray(first) == GZIP;
      Content content = compressed ? new GzipContent(channel) : raw;
      RawLines lines = new RawLines(content, BATCH_BYTES, BATCH_LINES);
      Optional<String> objection = FileForm.objection(first);
      boolean growing = told && !compressed && objection.isEmpty();
      return new OpenFile(channel, content, lines, growing, objection);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** In bytes, as it lies there. */
  long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}

package routes.inbox;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of an open file, decompressed where it is compressed. For one thread at a time. */
interface Content extends Closeable {

  /**
   * The bytes from a position on.
   *
   * @param position 0 or more
   * @param atMost how many
   * @return fewer than asked for only where the content ends; none at its end
   * @throws IOException when nothing can be read there, also because the file is cut off or damaged
   */
  byte[] read(long position, int atMost) throws IOException;

  /**
   * How many bytes there are now; {@link Long#MAX_VALUE} where only reading to the end would tell.
   */
  long size() throws IOException;

  /** What the file holds behind its content, or null; to be asked once that is read to its end. */
  default @Nullable Remainder remainder() throws IOException {
    return null;
  }
}

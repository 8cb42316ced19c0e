package routes.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import routes.format.Content;
import routes.ledger.Arrivals;
import routes.ledger.Position;

/** Consecutive records of one group, at least one; in memory or on disk. Immutable. */
interface Chunk {

  Position first();

  Position last();

  /** When the first record arrived, or a little earlier. */
  Instant arrival();

  /** Its records and copies by when they arrived. */
  Arrivals arrivals();

  /** Records, copies included. */
  int count();

  /** Records that are no copies. */
  int lines();

  /** The lines' length. */
  long bytes();

  /** The memory held, in bytes, whatever part of it still counts. */
  long cost();

  /** The records after a position, or null when there are none. */
  @Nullable Chunk after(Position delivered) throws IOException;

  /** The first records, in memory: so many bytes of lines, and what is whole with them. */
  List<RecordChunk> head(long maxBytes) throws IOException;

  /** Gives each line, without its newline. */
  void eachLine(Consumer<Content.Line> line) throws IOException;

  /** Writes each line with its newline. */
  void writeTo(OutputStream out) throws IOException;

  /** Gives back what reading took. */
  default void endReading() throws IOException {}

  /** Nobody needs it any more. */
  default void discard() {}
}

package routes.delivery;

import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import routes.format.Content;
import routes.format.ObjectFormat;
import routes.ledger.AccountedObject;
import routes.ledger.ObjectOrigin;
import routes.partition.ObjectName;
import routes.signal.Signal;
import routes.spool.Spool;

/**
 * The object that a batch becomes: its place, its metadata and its content.
 *
 * @param batch whose turn it is
 * @param part what of it becomes this object: all of it, or its beginning
 */
public record NewObject(Batch batch, Batch part) {

  /**
   * The next one of a batch: all of it, or where it is on a disk that takes no object, as much as
   * is to be made in memory.
   */
  static NewObject of(Batch batch, int headBytes) {
    boolean stuck = batch.spooledBytes() > 0 && !batch.lake().spool().orElseThrow().isUsable();
    return new NewObject(batch, stuck ? batch.head(headBytes) : batch);
  }

  public String bucket() {
    return batch.lake().signals().bucketOf(batch.shard().stream());
  }

  public String key() {
    return stem() + batch.lake().format().suffix();
  }

  /** The key up to where the format shows. */
  String stem() {
    return name().stem();
  }

  private ObjectName name() {
    return origin().nameIn(batch.partition());
  }

  private ObjectOrigin origin() {
    return new ObjectOrigin(batch.shard(), part.first(), part.last(), part.lines());
  }

  /** How it counts, once it is in the lake. */
  AccountedObject accounted() {
    return new AccountedObject(
        batch.partition().epochHour(), name().uuid(), part.storedBytes(), part.arrivals());
  }

  /** What tells a worker that finds the object which records it holds. */
  public Map<String, String> metadata() {
    return ImmutableMap.<String, String>builder()
        .putAll(origin().toMetadata())
        .putAll(part.arrivals().toMetadata())
        .buildOrThrow();
  }

  /**
   * Encodes the records; twice gives the same bytes.
   *
   * @return bytes, or of records on disk a file, which is there until the object is delivered
   */
  public Object content() throws IOException {
    Signal signal = batch.lake().signals().of(batch.shard().stream()).signal();
    Content content = new BatchContent(part, signal, metadata());
    ObjectFormat format = batch.lake().format();
    if (part.spooledBytes() > 0) {
      Spool spool = batch.lake().spool().orElseThrow();
      File file = part.objectFile(spool, out -> format.encode(content, out));
      part.stored(file.length());
      return file;
    }
    byte[] bytes = format.encode(content);
    part.stored(bytes.length);
    return bytes;
  }

  private record BatchContent(Batch batch, Signal signal, Map<String, String> origin)
      implements Content {

    @Override
    public long bytes() {
      return batch.bytes();
    }

    @Override
    public void eachLine(Consumer<Line> line) throws IOException {
      batch.eachLine(line);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      batch.writeTo(out);
    }
  }
}

package routes.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import routes.format.Content;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;
import routes.partition.ObjectName;
import routes.record.ByteSlice;
import routes.signal.Signal;

/** The object that a batch becomes: its place, its metadata and its content. Thread-safe. */
public final class LakeObjects {

  public String bucket(Batch batch) {
    return batch.lake().signals().bucketOf(batch.shard().stream());
  }

  public String key(Batch batch) {
    return stem(batch) + batch.lake().format().suffix();
  }

  /** The key up to where the format shows. */
  static String stem(Batch batch) {
    return nameOf(batch).stem();
  }

  /** What tells a worker that finds the object which records it holds. */
  public Map<String, String> metadata(Batch batch) {
    return new ObjectOrigin(batch.shard(), batch.first(), batch.last(), batch.lines()).toMetadata();
  }

  public byte[] content(Batch batch) throws IOException {
    Signal signal = batch.lake().signals().of(batch.shard().stream()).signal();
    return batch.lake().format().encode(new BatchContent(batch, signal, metadata(batch)));
  }

  private record BatchContent(Batch batch, Signal signal, Map<String, String> origin)
      implements Content {

    @Override
    public long bytes() {
      return batch.bytes();
    }

    @Override
    public byte[] toByteArray() {
      return batch.toByteArray();
    }

    @Override
    public void eachLine(Consumer<ByteSlice> line) {
      batch.eachLine(line);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      batch.writeTo(out);
    }
  }

  private static ObjectName nameOf(Batch batch) {
    Position first = batch.first();
    return new ObjectName(
        batch.shard().stream(),
        batch.shard().created(),
        batch.shard().shard(),
        batch.partition(),
        first.sequenceNumber(),
        first.index());
  }
}

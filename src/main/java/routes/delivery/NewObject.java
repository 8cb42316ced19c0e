package routes.delivery;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import routes.format.Content;
import routes.ledger.AccountedObject;
import routes.ledger.ObjectOrigin;
import routes.partition.ObjectName;
import routes.signal.Signal;

/** The object that a batch becomes: its place, its metadata and its content. */
public record NewObject(Batch batch) {

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
    return new ObjectOrigin(batch.shard(), batch.first(), batch.last(), batch.lines());
  }

  /** How it counts, once it is in the lake. */
  AccountedObject accounted() {
    return new AccountedObject(
        batch.partition().epochHour(), name().uuid(), batch.storedBytes(), batch.arrivals());
  }

  /** What tells a worker that finds the object which records it holds. */
  public Map<String, String> metadata() {
    return ImmutableMap.<String, String>builder()
        .putAll(origin().toMetadata())
        .putAll(batch.arrivals().toMetadata())
        .buildOrThrow();
  }

  /** Encodes the records; twice gives the same bytes. */
  public byte[] content() throws IOException {
    Signal signal = batch.lake().signals().of(batch.shard().stream()).signal();
    byte[] content = batch.lake().format().encode(new BatchContent(batch, signal, metadata()));
    batch.stored(content.length);
    return content;
  }

  private record BatchContent(Batch batch, Signal signal, Map<String, String> origin)
      implements Content {

    @Override
    public long bytes() {
      return batch.bytes();
    }

    @Override
    public void eachLine(Consumer<Line> line) {
      batch.eachLine(line);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      batch.writeTo(out);
    }
  }
}

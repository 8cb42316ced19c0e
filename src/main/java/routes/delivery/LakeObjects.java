package routes.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import routes.format.Content;
import routes.format.ObjectFormat;
import routes.ledger.Position;
import routes.partition.ObjectName;
import routes.signal.Signal;
import routes.signal.Signals;

/** The object that a batch becomes: its key, its metadata and its content. Thread-safe. */
public final class LakeObjects {

  static final String SHARD = "shard";
  static final String LAST_SEQUENCE_NUMBER = "last-sequence-number";
  static final String LAST_INDEX = "last-index";

  private final Signals signals;
  private final ObjectFormat format;

  public LakeObjects(Signals signals, ObjectFormat format) {
    this.signals = signals;
    this.format = format;
  }

  public String key(Batch batch) {
    return stem(batch) + format.suffix();
  }

  /** The key up to where the format shows. */
  static String stem(Batch batch) {
    return nameOf(batch).stem();
  }

  /** What tells a worker that finds the object which records it holds. */
  public Map<String, String> metadata(Batch batch) {
    return Map.of(
        SHARD,
        batch.shard().toString(),
        "first-sequence-number",
        batch.first().sequenceNumber(),
        "first-index",
        Integer.toString(batch.first().index()),
        LAST_SEQUENCE_NUMBER,
        batch.last().sequenceNumber(),
        LAST_INDEX,
        Integer.toString(batch.last().index()),
        "records",
        Integer.toString(batch.lines()));
  }

  public byte[] content(Batch batch) throws IOException {
    Signal signal = signals.of(batch.shard().stream()).signal();
    return format.encode(new BatchContent(batch, signal, metadata(batch)));
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

package routes.delivery;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import routes.ledger.Position;
import routes.partition.Compression;
import routes.partition.ObjectName;

/** The object that a batch becomes: its key, its metadata and its content. Thread-safe. */
public final class LakeObjects {

  static final String SHARD = "shard";
  static final String LAST_SEQUENCE_NUMBER = "last-sequence-number";
  static final String LAST_INDEX = "last-index";

  private static final int BUFFER = 64 * 1024;

  /** By how much logs shrink; only spares copying. */
  private static final int LIKELY_RATIO = 3;

  private final Compression compression;

  public LakeObjects(Compression compression) {
    this.compression = compression;
  }

  public String key(Batch batch) {
    return nameOf(batch).key(compression);
  }

  /** The key up to where the compression shows. */
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
    if (compression == Compression.NONE) {
      return batch.toByteArray();
    }
    ByteArrayOutputStream content =
        new ByteArrayOutputStream(Math.toIntExact(batch.bytes() / LIKELY_RATIO + BUFFER));
    try (OutputStream out = compressing(content)) {
      batch.writeTo(out);
    }
    return content.toByteArray();
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

  private OutputStream compressing(OutputStream out) throws IOException {
    return switch (compression) {
      case NONE -> out;
      case GZIP -> new FastGzip(out);
      case ZSTD -> new ZstdOutputStream(out, 1);
    };
  }

  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

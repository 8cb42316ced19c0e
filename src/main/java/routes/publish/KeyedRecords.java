package routes.publish;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * Records that share a stream and a partition key, in the order they came: what the {@code
 * aws2-kinesis} endpoint takes as one exchange, whose body it goes through as it is.
 *
 * @param stream the name of their signal's
 * @param key 1 to 256 characters
 * @param records each the bytes of one record, without a line break; read-only, not a copy
 */
public record KeyedRecords(String stream, String key, List<ByteBuffer> records)
    implements Iterable<ByteBuffer> {

  @Override
  public Iterator<ByteBuffer> iterator() {
    return records.iterator();
  }

  /** Without a look at any record: Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return 31 * key.hashCode() + records.size();
  }
}

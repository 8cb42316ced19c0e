package routes.kinesis.publish;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import routes.record.LogRecord;
import routes.signal.Signal;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Records for one stream, each with its partition key, in the order they came: what an {@code
 * aws2-kinesis} endpoint puts beside what Camel's own takes. They come in parts that are sent one
 * after the other, as a part is copied to be sent. Immutable.
 */
public final class KeyedRecords {

  /**
   * Each request that waits for Kinesis has a part copied, before there is room for it in the
   * publish buffer, so a part is small; it may be longer by one record.
   */
  private static final int PART_BYTES = 384 << 10;

  private final Signal signal;
  private final List<LogRecord> records;
  private final Function<LogRecord, String> keys;

  /**
   * Records with what gives each its key.
   *
   * @param signal what they all are
   * @param keys 1 to 256 characters for each
   */
  KeyedRecords(Signal signal, List<LogRecord> records, Function<LogRecord, String> keys) {
    this.signal = signal;
    this.records = records;
    this.keys = keys;
  }

  /** How many records there are in all parts. */
  int size() {
    return records.size();
  }

  /**
   * The parts, made anew. A record is its line's bytes, without a line break.
   *
   * @param maxRecords of a part, 1 or more
   */
  Iterable<List<PutRecordsRequestEntry>> parts(int maxRecords) {
    return () -> iterator(maxRecords);
  }

  private Iterator<List<PutRecordsRequestEntry>> iterator(int maxRecords) {
    Iterator<LogRecord> all = records.iterator();
    return new Iterator<>() {

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public List<PutRecordsRequestEntry> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        List<PutRecordsRequestEntry> part = new ArrayList<>();
        for (int bytes = 0; hasNext() && bytes < PART_BYTES && part.size() < maxRecords; ) {
          LogRecord record = all.next();
          part.add(entry(record));
          bytes += record.line().length();
        }
        return part;
      }
    };
  }

  private PutRecordsRequestEntry entry(LogRecord record) {
    if (record.signal() != signal) {
      throw new IllegalArgumentException(
          "One of the records is of %s, the first of %s: publish them apart"
              .formatted(record.signal().word(), signal.word()));
    }
    return PutRecordsRequestEntry.builder()
        .partitionKey(keys.apply(record))
        .data(SdkBytes.fromByteArrayUnsafe(record.line().toByteArray()))
        .build();
  }
}

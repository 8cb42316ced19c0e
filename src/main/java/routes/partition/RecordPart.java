package routes.partition;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.record.FieldNames;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.record.RecordSettings;
import routes.signal.Signal;

/** What makes a record acceptable and says where it belongs. */
public final class RecordPart implements Part {

  /** What Kinesis takes in a record unless told otherwise, less the longest partition key. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 1024;

  /**
   * What Kinesis takes in a record of a stream whose owner raised {@code MaxRecordSizeInKiB} as far
   * as it goes.
   */
  private static final int MAX_STREAM_RECORD_BYTES = 10 << 20;

  private final FieldNames names;
  private final RecordLimits limits;
  private final RecordLimits streamLimits;
  private final RecordParsers parsers;

  public RecordPart(RecordSettings settings) {
    names = settings.names();
    limits =
        new RecordLimits(MAX_RECORD_BYTES, RecordLimits.DEFAULT.maxDepth(), settings.maxFuture());
    streamLimits = new RecordLimits(MAX_STREAM_RECORD_BYTES, limits.maxDepth(), limits.maxFuture());
    parsers = new RecordParsers(names, limits, PartitionValue::objection);
  }

  @Override
  public void bind(Main main) {
    main.bind("record-parser", parsers.of(Signal.LOGS));
  }

  /** For what is published. */
  public RecordParsers parsers() {
    return parsers;
  }

  /** For what is on the stream, whoever put it there. */
  public RecordParsers streamParsers() {
    return new RecordParsers(names, streamLimits, PartitionValue::objection);
  }

  public RecordEditor editor() {
    return new RecordEditor(names, limits);
  }

  /** What is unfinished under these values must not go on under others. */
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "MAX_FUTURE_HOURS", Long.toString(limits.maxFuture().toHours()),
            "longest record", Integer.toString(streamLimits.maxBytes()),
            "deepest record", Integer.toString(limits.maxDepth()),
            "TIMESTAMP_FIELDS", String.join(",", names.timestamp()),
            "SERVICE_FIELDS", String.join(",", names.service())));
  }
}

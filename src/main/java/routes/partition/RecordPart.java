package routes.partition;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.record.FieldNames;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.RecordSettings;

/** What makes a record acceptable and says where it belongs. */
public final class RecordPart implements Part {

  /** What Kinesis takes in a record, less the longest partition key. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 1024;

  private final FieldNames names;
  private final RecordLimits limits;

  public RecordPart(RecordSettings settings) {
    names = settings.names();
    limits =
        new RecordLimits(MAX_RECORD_BYTES, RecordLimits.DEFAULT.maxDepth(), settings.maxFuture());
  }

  @Override
  public void bind(Main main) {
    main.bind("record-parser", parser());
  }

  public RecordParser parser() {
    return new RecordParser(names, limits, PartitionValue::objection);
  }

  public RecordEditor editor() {
    return new RecordEditor(names, limits);
  }

  /** What is unfinished under these values must not go on under others. */
  public SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "MAX_FUTURE_HOURS", Long.toString(limits.maxFuture().toHours()),
            "longest record", Integer.toString(limits.maxBytes()),
            "deepest record", Integer.toString(limits.maxDepth()),
            "TIMESTAMP_FIELDS", String.join(",", names.timestamp()),
            "SERVICE_FIELDS", String.join(",", names.service())));
  }
}

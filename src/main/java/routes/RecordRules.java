package routes;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordEditor;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.settings.Settings;

/** What makes a record acceptable and says where it belongs. */
final class RecordRules {

  /** What Kinesis takes in a record, less the longest partition key. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 1024;

  private final FieldNames names;
  private final RecordLimits limits;

  RecordRules(Settings settings) {
    names = settings.fields();
    limits =
        new RecordLimits(
            MAX_RECORD_BYTES, RecordLimits.DEFAULT.maxDepth(), settings.delivery().maxFuture());
  }

  RecordParser parser() {
    return new RecordParser(names, limits, PartitionValue::objection);
  }

  RecordEditor editor() {
    return new RecordEditor(names, limits);
  }

  /** What is unfinished under these values must not go on under others. */
  SortedMap<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "MAX_FUTURE_HOURS", Long.toString(limits.maxFuture().toHours()),
            "longest record", Integer.toString(limits.maxBytes()),
            "deepest record", Integer.toString(limits.maxDepth()),
            "TIMESTAMP_FIELDS", String.join(",", names.timestamp()),
            "SERVICE_FIELDS", String.join(",", names.service())));
  }
}

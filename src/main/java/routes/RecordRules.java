package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.settings.Settings;

/** What makes a record acceptable and says where it belongs. */
final class RecordRules {

  /** What Kinesis takes in a record, less the longest partition key. */
  private static final int MAX_RECORD_BYTES = (1 << 20) - 1024;

  private final FieldNames names = FieldNames.DEFAULT;
  private final RecordLimits limits;

  RecordRules(Settings settings) {
    limits =
        new RecordLimits(
            MAX_RECORD_BYTES, RecordLimits.DEFAULT.maxDepth(), settings.delivery().maxFuture());
  }

  RecordParser parser() {
    return new RecordParser(names, limits, PartitionValue::objection);
  }

  /** The same for the same rules: what is unfinished under one must not go on under another. */
  String fingerprint() {
    return Hashing.sha256().hashString(names + " " + limits, UTF_8).toString();
  }
}

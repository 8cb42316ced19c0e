package routes.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.signal.Signal;

/**
 * What the records of one signal must hold beside a service and a time. A pure function, like all
 * that judges records.
 */
interface SignalRule {

  /**
   * Passes an acceptable record.
   *
   * @param time the record's own
   */
  void check(FieldScan fields, Instant time) throws RejectedException;

  /** What copies of a record are recognised by that has no id of its own, or null. */
  @Nullable String id(FieldScan fields);

  static SignalRule of(Signal signal) {
    return switch (signal) {
      case LOGS -> new AnyRecord();
      case METRICS -> new PointRule();
      case TRACES -> new SpanRule();
    };
  }

  /** A log record may hold anything. */
  final class AnyRecord implements SignalRule {

    @Override
    public void check(FieldScan fields, Instant time) {}

    @Override
    public @Nullable String id(FieldScan fields) {
      return null;
    }
  }
}

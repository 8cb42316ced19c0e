package routes.record;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import routes.json.ByteSlice;
import routes.signal.Signal;

/**
 * What came in with one body, in order.
 *
 * @param accepted all records; not to be changed
 * @param rejected the first elements that are none, {@link #MAX_KEPT} at most
 * @param reasons for each reason how many were rejected, those that are not kept too
 */
public record Intake(
    List<LogRecord> accepted, List<RejectedRecord> rejected, Map<Reason, Integer> reasons) {

  /** More than anybody reads; what holds more of them is no body of logs. */
  public static final int MAX_KEPT = 10_000;

  public Intake {
    rejected = List.copyOf(rejected);
    reasons = Map.copyOf(reasons);
  }

  /** How many elements were rejected. */
  public int rejectedCount() {
    return reasons.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Without a look at any record: Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return 31 * accepted.size() + rejected.size();
  }

  /** Collects what a body is found to hold, and takes memory for it as it grows. */
  public static final class Builder implements RecordSink {

    /** For an element that is not kept: nothing costs nothing, not even time. */
    private static final int BYTES_AN_ELEMENT = 64;

    /** For an element that is kept, with why, beside the characters of the message. */
    private static final int BYTES_A_REJECTION = 200;

    private final Signal signal;
    private final RecordLines accepted;
    private final List<RejectedRecord> rejected = new ArrayList<>();
    private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    private final LongConsumer memory;

    /**
     * Begins with nothing.
     *
     * @param signal what the records are
     * @param memory is told of bytes before they are taken; what it throws where there are none
     *     left is what the caller of {@link #accept} gets
     */
    public Builder(Signal signal, LongConsumer memory) {
      this.signal = signal;
      this.memory = memory;
      this.accepted = new RecordLines(signal, memory);
    }

    @Override
    public void accept(int index, ByteSlice bytes, ParseResult result) {
      if (result instanceof LogRecord record) {
        accepted.add(record);
      } else if (result instanceof Rejection rejection) {
        reject(new RejectedRecord(index, rejection, bytes, signal));
      }
    }

    private void reject(RejectedRecord record) {
      reasons.merge(record.rejection().reason(), 1, Integer::sum);
      if (rejected.size() < MAX_KEPT) {
        memory.accept(BYTES_A_REJECTION + 2L * record.rejection().message().length());
        rejected.add(record);
      } else {
        memory.accept(BYTES_AN_ELEMENT);
      }
    }

    /** What has come so far. */
    public Intake build() {
      return new Intake(accepted, rejected, reasons);
    }
  }
}

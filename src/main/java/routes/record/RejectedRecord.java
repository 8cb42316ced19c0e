package routes.record;

import routes.json.ByteSlice;
import routes.signal.Signal;

/**
 * An element of a body that is no acceptable record.
 *
 * @param index its place among the elements, from 0
 * @param rejection why it was rejected
 * @param bytes what came, to be kept; empty when the fault is that something is missing
 * @param signal what it was to be
 */
public record RejectedRecord(int index, Rejection rejection, ByteSlice bytes, Signal signal) {

  /** One that was to be a log line. */
  public RejectedRecord(int index, Rejection rejection, ByteSlice bytes) {
    this(index, rejection, bytes, Signal.LOGS);
  }
}

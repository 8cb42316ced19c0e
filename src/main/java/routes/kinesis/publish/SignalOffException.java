package routes.kinesis.publish;

import routes.signal.Signal;

/**
 * Records are of a signal that is switched off; nothing of this caller was sent. Sending them again
 * cannot help until the settings are others.
 */
public final class SignalOffException extends PublishException {

  private static final long serialVersionUID = 1;

  SignalOffException(Signal signal, int records) {
    super(
        404,
        "%s are not taken here: %s or %s is off"
            .formatted(
                signal == Signal.METRICS ? "Metrics" : "Traces",
                signal == Signal.METRICS ? "METRICS_STREAM_NAME" : "APM_STREAM_NAME",
                signal == Signal.METRICS ? "METRICS_BUCKET" : "APM_BUCKET"),
        new Delivery(records, 0, 0),
        null);
  }

  /** It is thrown before the records are parted. */
  @Override
  PublishException like(String message, Delivery all) {
    return this;
  }
}

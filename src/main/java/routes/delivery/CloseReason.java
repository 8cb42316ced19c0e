package routes.delivery;

/** Why a batch stopped growing and became an object. */
public enum CloseReason {
  /** It reached {@code MAX_BATCH_BYTES}. */
  SIZE,
  /** It reached {@code FLUSH_MAX_RECORDS}. */
  RECORDS,
  /** It reached {@code FLUSH_INTERVAL_MS}. */
  AGE,
  /** It was among the largest when {@code DELIVERY_BUFFER_BYTES} were used. */
  MEMORY,
  /** The route stopped, or was replaced. */
  STOP,
  /** Another condition of the route, which was edited. */
  CONDITION
}

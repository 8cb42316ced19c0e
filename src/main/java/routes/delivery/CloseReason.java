package routes.delivery;

/** Why a batch stopped growing and became an object. */
public enum CloseReason {
  /** It reached the size that its layer's objects may have. */
  SIZE,
  /** It reached the number of records that they may have. */
  RECORDS,
  /** It was open for as long as they may be. */
  AGE,
  /** It was among the largest when the layer's memory, or the disk beside it, was used up. */
  MEMORY,
  /** The route stopped, or was replaced. */
  STOP,
  /** Another condition of the route, which was edited. */
  CONDITION
}

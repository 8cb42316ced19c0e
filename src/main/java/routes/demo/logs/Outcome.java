package routes.demo.logs;

/** How a request ended. */
public enum Outcome {
  OK,
  /** The client did something wrong. */
  REFUSED,
  FAILED
}

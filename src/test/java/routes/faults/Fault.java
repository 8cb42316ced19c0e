package routes.faults;

/** What can go wrong with one request on its way to the cloud and back. */
enum Fault {
  /** Answered with 500, not done. */
  ERROR,
  /** Answered with 503, not done. */
  UNAVAILABLE,
  /** Connection reset, not done. */
  RESET,
  /** Done, a second or two late. */
  SLOW,
  /** Done, then the connection is reset. */
  ANSWER_LOST,
  /** Done, then the connection is reset in the middle of the answer. */
  ANSWER_CUT
}

package routes.format;

/**
 * A record on its way into a table.
 *
 * @param line the whole record
 * @param micros when it happened, in microseconds since 1970, or {@link #NO_TIME}
 */
record Row(Content.Line line, long micros) {

  /** Of a line that does not say when; such rows come last. */
  static final long NO_TIME = Long.MAX_VALUE;
}

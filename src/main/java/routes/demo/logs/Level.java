package routes.demo.logs;

/** How much a log matters, the least first. */
public enum Level {
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL
}

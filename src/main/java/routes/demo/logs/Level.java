package routes.demo.logs;

import java.util.Map;
import java.util.NavigableMap;

/** How much a log matters, the least first. */
public enum Level {
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** What is given for a level, else for the next below that has any, else the first there is. */
  static <T> T nearest(NavigableMap<Level, T> given, Level level) {
    Map.Entry<Level, T> nearest = given.floorEntry(level);
    return nearest == null ? given.firstEntry().getValue() : nearest.getValue();
  }
}

package routes.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Lets one warning or error of a kind through in a minute, whoever writes it: a full disk or a
 * service that is away fails hundreds of times a minute in the same way. Of one kind is what one
 * logger says with the same words about the same thing: the text before its arguments are put in,
 * without words that have digits, and the first argument. How many were left out is told with the
 * next one that is not.
 */
@ThreadSafe
public final class RepeatedWarnings extends TurboFilter {

  /** Marks a line that is let through each time, as somebody waits for it. */
  public static final Marker EACH = MarkerFactory.getMarker("EACH");

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_KINDS = 1_000;

  private static final class Kind {
    private long writtenNanos;
    private long leftOut;
  }

  @GuardedBy("this")
  private final Map<String, Kind> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
          return size() > MAX_KINDS;
        }
      };

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable failure) {
    // Without a format it is only asked whether the level is enabled.
    if (format == null
        || marker == EACH
        || !level.isGreaterOrEqual(Level.WARN)
        || !logger.isEnabledFor(level)) {
      return FilterReply.NEUTRAL;
    }
    long leftOut = leftOutSince(kind(logger, format, params), System.nanoTime());
    if (leftOut < 0) {
      return FilterReply.DENY;
    }
    if (leftOut > 0) {
      logger.info("{} more like the next line were left out", leftOut);
    }
    return FilterReply.NEUTRAL;
  }

  /** How many of the kind were left out before this one, or -1 when it is left out itself. */
  synchronized long leftOutSince(String name, long nowNanos) {
    Kind kind = kinds.get(name);
    if (kind == null) {
      kind = new Kind();
      kinds.put(name, kind);
    } else if (nowNanos - kind.writtenNanos < MINUTE_NANOS) {
      kind.leftOut++;
      return -1;
    }
    long leftOut = kind.leftOut;
    kind.leftOut = 0;
    kind.writtenNanos = nowNanos;
    return leftOut;
  }

  static String kind(Logger logger, String format, Object @Nullable [] params) {
    String words = format.replaceAll("\\S*[0-9]\\S*", "");
    return params == null || params.length == 0 || params[0] instanceof Throwable
        ? logger.getName() + ' ' + words
        : logger.getName() + ' ' + words + ' ' + params[0];
  }
}

package routes.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of telemetry, as OpenTelemetry tells them apart; each has a stream and a bucket. */
public enum Signal {
  /** A record is a log line. */
  LOGS,
  /** A record is one data point of a metric. */
  METRICS,
  /** A record is one span of a trace. */
  TRACES;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The signal as settings, requests and dead letters name it, such as {@code metrics}. */
  public String word() {
    return word;
  }

  /** The signal of a {@link #word()}. */
  public static Optional<Signal> of(String word) {
    return Arrays.stream(values()).filter(signal -> signal.word.equals(word)).findAny();
  }
}

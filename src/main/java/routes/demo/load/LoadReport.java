package routes.demo.load;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import routes.demo.send.Batch;
import routes.demo.send.Intake.Answer;

/** What became of a load. Safe for use by many threads. */
final class LoadReport {

  private static final long MAX_MICROS = Duration.ofHours(1).toNanos() / 1000;
  private static final double[] QUANTILES = {50, 90, 99, 99.9, 100};

  /** From when a request was due, whether it could be sent then or not. */
  private final Histogram fromDue = new Histogram(MAX_MICROS, 3);

  /** From when it was sent. */
  private final Histogram fromSent = new Histogram(MAX_MICROS, 3);

  @GuardedBy("this")
  private final Map<String, Long> answers = new TreeMap<>();

  @GuardedBy("this")
  private long accepted;

  @GuardedBy("this")
  private long rejected;

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private long unanswered;

  synchronized void answered(Batch batch, Answer answer, long dueNanos, long sentNanos, long now) {
    answers.merge(Integer.toString(answer.status()), 1L, Long::sum);
    fromDue.recordValue(micros(now - dueNanos));
    fromSent.recordValue(micros(now - sentNanos));
    bytes += batch.body().length;
    if (answer.isSuccess()) {
      accepted += batch.records() - answer.rejected();
      rejected += answer.rejected();
    } else {
      rejected += batch.records();
    }
  }

  synchronized void failed(Batch batch, String why) {
    answers.merge(why, 1L, Long::sum);
    unanswered += batch.records();
  }

  synchronized long accepted() {
    return accepted;
  }

  /** The latency that so many of a hundred requests do not exceed, in microseconds. */
  synchronized long fromDue(double quantile) {
    return fromDue.getValueAtPercentile(quantile);
  }

  synchronized long fromSent(double quantile) {
    return fromSent.getValueAtPercentile(quantile);
  }

  /**
   * For people.
   *
   * @param took from the first request to the last answer
   */
  synchronized String text(LoadOptions options, Duration took) {
    double seconds = took.toNanos() / 1e9;
    StringJoiner lines = new StringJoiner("\n");
    lines.add(
        line(
            "wanted    %,.0f records/s for %.0f s",
            options.rate(), options.duration().toMillis() / 1e3));
    lines.add(
        line(
            "reached   %,.0f records/s, %.1f MB/s: %,d accepted, %,d not accepted, %,d without answer",
            accepted / seconds, bytes / seconds / 1e6, accepted, rejected, unanswered));
    lines.add("answers   " + answers);
    lines.add(line("%-36s%s", "latency in ms", "p50       p90       p99     p99.9       max"));
    lines.add(latencies("  from when a request was due", fromDue));
    lines.add(latencies("  from when it was sent", fromSent));
    return lines.toString();
  }

  private static String latencies(String name, Histogram histogram) {
    StringBuilder line = new StringBuilder(line("%-30s", name));
    for (double quantile : QUANTILES) {
      line.append(line("%10.1f", histogram.getValueAtPercentile(quantile) / 1000.0));
    }
    return line.toString();
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static long micros(long nanos) {
    return Math.min(MAX_MICROS, Math.max(0, nanos / 1000));
  }
}

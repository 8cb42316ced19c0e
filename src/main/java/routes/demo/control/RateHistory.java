package routes.demo.control;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** How much was accepted a second lately, for a chart. Safe for use by many threads. */
final class RateHistory {

  private static final int MAX_SAMPLES = 180;

  @GuardedBy("this")
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** What was accepted until a moment. */
  private record Sample(Instant at, long logs, long spans, long points) {}

  /**
   * A chart's columns.
   *
   * @param times seconds since 1970
   * @param series records a second by the name of the signal
   */
  record Rates(List<Double> times, Map<String, List<Double>> series) {}

  synchronized void add(Instant at, long logs, long spans, long points) {
    samples.add(new Sample(at, logs, spans, points));
    if (samples.size() > MAX_SAMPLES) {
      samples.remove();
    }
  }

  synchronized Rates rates() {
    List<Double> times = new ArrayList<>();
    List<Double> logs = new ArrayList<>();
    List<Double> spans = new ArrayList<>();
    List<Double> points = new ArrayList<>();
    Sample before = null;
    for (Sample sample : samples) {
      if (before != null) {
        double seconds = (sample.at.toEpochMilli() - before.at.toEpochMilli()) / 1000.0;
        times.add(sample.at.toEpochMilli() / 1000.0);
        logs.add((sample.logs - before.logs) / seconds);
        spans.add((sample.spans - before.spans) / seconds);
        points.add((sample.points - before.points) / seconds);
      }
      before = sample;
    }
    return new Rates(times, Map.of("logs", logs, "traces", spans, "metrics", points));
  }
}

package routes.demo.send;

import java.util.ArrayList;
import java.util.List;
import routes.demo.scenario.Label;
import routes.demo.simulation.Measurement;
import routes.demo.simulation.Output;
import routes.demo.simulation.Span;
import routes.demo.text.Text;
import routes.demo.town.Service;

/** Gathers what a simulation says into the bodies of requests. Not thread-safe. */
public final class Outbox implements Output {

  private static final int MAX_RECORDS = 1_000;
  private static final int MAX_LOG_BYTES = 512 << 10;
  private static final int MAX_MEASUREMENTS = 40;

  private final Text logs = new Text();
  private final Text label = new Text();
  private final List<Span> spans = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Batch> full = new ArrayList<>();
  private final int maxRecords;
  private int logCount;

  public Outbox() {
    this(MAX_RECORDS);
  }

  /**
   * @param maxRecords logs or spans in a request
   */
  public Outbox(int maxRecords) {
    this.maxRecords = maxRecords;
  }

  @Override
  public void log(Service service, Text line) {
    logs.put(line, 0, line.length()).put('\n');
    logCount++;
    if (logCount >= maxRecords || logs.length() >= MAX_LOG_BYTES) {
      flushLogs();
    }
  }

  @Override
  public void label(Label truth) {
    truth.write(label);
    logs.put(label, 0, label.length()).put('\n');
    logCount++;
  }

  @Override
  public void span(Span span) {
    spans.add(span);
    if (spans.size() >= maxRecords) {
      flushSpans();
    }
  }

  @Override
  public void measurement(Measurement measurement) {
    measurements.add(measurement);
    if (measurements.size() >= MAX_MEASUREMENTS) {
      flushMeasurements();
    }
  }

  /** Those that are full. */
  public List<Batch> takeFull() {
    List<Batch> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  /** All there is. */
  public List<Batch> takeAll() {
    flushLogs();
    flushSpans();
    flushMeasurements();
    return takeFull();
  }

  private void flushLogs() {
    if (logCount > 0) {
      full.add(new Batch(Signal.LOGS, logs.toBytes(), logCount));
      logs.clear();
      logCount = 0;
    }
  }

  private void flushSpans() {
    if (!spans.isEmpty()) {
      full.add(new Batch(Signal.TRACES, OtlpJson.traces(spans), spans.size()));
      spans.clear();
    }
  }

  private void flushMeasurements() {
    if (!measurements.isEmpty()) {
      int points = measurements.stream().mapToInt(Measurement::points).sum();
      full.add(new Batch(Signal.METRICS, OtlpJson.metrics(measurements), points));
      measurements.clear();
    }
  }
}

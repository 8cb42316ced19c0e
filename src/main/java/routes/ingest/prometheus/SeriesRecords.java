package routes.ingest.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.ingest.MappedRecords;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Reason;
import routes.record.RecordParser;
import routes.record.Rejection;

/**
 * Writes what the series of a request hold as data points: samples as gauges and sums, as
 * OpenTelemetry's rules for Prometheus have it, native histograms whole. Not thread-safe.
 */
final class SeriesRecords {

  private static final JsonFactory JSON = new JsonFactory();

  /** The NaN that says that a series has ended (Prometheus's {@code value.StaleNaN}). */
  private static final long STALE = 0x7ff0000000000002L;

  /** OpenTelemetry's flag for the same. */
  private static final int NO_RECORDED_VALUE = 1;

  private static final String[] RESET_HINTS = {"", "yes", "no", "gauge"};

  private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

  private static final byte[] NOTHING = {};
  private static final int BYTES_A_LABEL = 16;

  private final RecordParser parser;
  private final MappedRecords records;
  private final String serviceLabel;
  private final String service;
  private int samples;
  private int histograms;
  private int exemplars;

  /**
   * @param serviceLabel the label whose value is the service, if it can be one
   * @param service of other series
   */
  SeriesRecords(RecordParser parser, MappedRecords records, String serviceLabel, String service) {
    this.parser = parser;
    this.records = records;
    this.serviceLabel = serviceLabel;
    this.service = service;
  }

  /** How much of what was added is acceptable, in version 2's headers. */
  Map<String, String> written() {
    return Map.of(
        WRITTEN.formatted("Samples"), Integer.toString(samples),
        WRITTEN.formatted("Histograms"), Integer.toString(histograms),
        WRITTEN.formatted("Exemplars"), Integer.toString(exemplars));
  }

  void add(Series series) {
    Rejection rejection = rejection(series.labels());
    long previous = Long.MIN_VALUE;
    for (Series.Sample sample : series.samples()) {
      Rejection fault = rejection != null ? rejection : rejection(previous, sample.time());
      previous = Math.max(previous, sample.time());
      samples += take(fault, series, json -> sample(json, series, sample));
    }
    previous = Long.MIN_VALUE;
    for (NativeHistogram histogram : series.histograms()) {
      Rejection fault = rejection != null ? rejection : rejection(previous, histogram.time());
      previous = Math.max(previous, histogram.time());
      // What is not checked may be any number of buckets.
      Rejection unwritable = HistogramJson.rejection(histogram);
      histograms +=
          take(
              fault == null ? unwritable : fault,
              series,
              json -> histogram(json, series, histogram, unwritable == null));
    }
    for (Series.Exemplar exemplar : series.exemplars()) {
      exemplars += take(rejection, series, json -> exemplar(json, series, exemplar));
    }
  }

  private int take(@Nullable Rejection rejection, Series series, Fields fields) {
    // Labels without a name are looked at, and take no place in the line.
    records.require((long) BYTES_A_LABEL * series.labels().size());
    byte[] line;
    try {
      line = line(fields);
    } catch (LineTooLongException tooLong) {
      records.reject(ByteSlice.of(NOTHING), parser.tooLarge(tooLong.bytes));
      return 0;
    }
    ParseResult result =
        rejection == null ? records.add(line, service) : records.rejectWritten(line, rejection);
    return result instanceof LogRecord ? 1 : 0;
  }

  /** In Prometheus's own words. */
  private static @Nullable Rejection rejection(List<Series.Label> labels) {
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.get(i).name();
      String before = i == 0 ? "" : labels.get(i - 1).name();
      if (name.isEmpty()) {
        return new Rejection(Reason.BAD_LABELS, "label name is empty");
      }
      if (name.equals(before)) {
        return new Rejection(Reason.BAD_LABELS, "label name \"%s\" is not unique".formatted(name));
      }
      if (name.compareTo(before) < 0) {
        return new Rejection(
            Reason.BAD_LABELS,
            "labels not sorted: \"%s\" comes after \"%s\"".formatted(name, before));
      }
    }
    return null;
  }

  private static @Nullable Rejection rejection(long previous, long time) {
    return time >= previous
        ? null
        : new Rejection(
            Reason.OUT_OF_ORDER,
            "out of order sample: %s comes after %s"
                .formatted(Instant.ofEpochMilli(time), Instant.ofEpochMilli(previous)));
  }

  private void sample(JsonGenerator json, Series series, Series.Sample sample) throws IOException {
    boolean cumulative = isCumulative(series);
    start(json, series, cumulative ? "sum" : "gauge", sample.time());
    boolean stale = isStale(sample.value());
    if (!stale) {
      json.writeNumberField("value", sample.value());
    }
    if (cumulative) {
      json.writeStringField("temporality", "cumulative");
      json.writeBooleanField("monotonic", true);
    }
    end(json, series, sample.start(), stale, "");
  }

  private void histogram(
      JsonGenerator json, Series series, NativeHistogram histogram, boolean whole)
      throws IOException {
    boolean custom = histogram.schema() == NativeHistogram.CUSTOM;
    boolean stale = isStale(histogram.sum());
    start(json, series, custom ? "histogram" : "exponential_histogram", histogram.time());
    if (whole && !stale) {
      HistogramJson.write(json, histogram);
    }
    if (histogram.resetHint() != NativeHistogram.GAUGE) {
      json.writeStringField("temporality", "cumulative");
    }
    int hint = histogram.resetHint();
    end(
        json,
        series,
        histogram.start(),
        stale,
        hint >= 0 && hint < RESET_HINTS.length ? RESET_HINTS[hint] : "");
  }

  /** Its trace can be joined like that of a log line. */
  private void exemplar(JsonGenerator json, Series series, Series.Exemplar exemplar)
      throws IOException {
    start(json, series, "exemplar", exemplar.time());
    json.writeNumberField("value", exemplar.value());
    Set<String> own = new HashSet<>();
    for (Series.Label label : exemplar.labels()) {
      if (label.name().equals("trace_id") || label.name().equals("span_id")) {
        if (own.add(label.name())) {
          json.writeStringField(label.name(), label.value());
        }
      }
    }
    labels(
        json,
        "filtered_attributes",
        exemplar.labels().stream().filter(label -> !own.contains(label.name())).toList());
    end(json, series, 0, false, "");
  }

  private void start(JsonGenerator json, Series series, String type, long time) throws IOException {
    Instant at = time == 0 ? records.arrival() : Instant.ofEpochMilli(time);
    String named = series.value(serviceLabel);
    json.writeStringField("timestamp", at.toString());
    json.writeStringField("service", parser.isService(named) ? named : service);
    json.writeStringField("name", series.name());
    json.writeStringField("type", type);
    text(json, "unit", series.metadata().unit());
  }

  private static void end(
      JsonGenerator json, Series series, long start, boolean stale, String resetHint)
      throws IOException {
    long since = start == 0 ? series.created() : start;
    if (since != 0) {
      json.writeStringField("start_timestamp", Instant.ofEpochMilli(since).toString());
    }
    if (stale) {
      json.writeNumberField("flags", NO_RECORDED_VALUE);
    }
    labels(json, "attributes", series.attributes());
    text(json, "description", series.metadata().help());
    json.writeObjectFieldStart("metadata");
    json.writeStringField(
        "prometheus.type", series.metadata().type().name().toLowerCase(Locale.ROOT));
    text(json, "prometheus.reset_hint", resetHint);
    json.writeEndObject();
  }

  /** Of a classic histogram or summary the parts that count. */
  private static boolean isCumulative(Series series) {
    String name = series.name();
    return switch (series.metadata().type()) {
      case COUNTER -> true;
      case HISTOGRAM, SUMMARY ->
          name.endsWith("_bucket") || name.endsWith("_count") || name.endsWith("_sum");
      default -> false;
    };
  }

  private static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE;
  }

  private static void labels(JsonGenerator json, String field, List<Series.Label> labels)
      throws IOException {
    if (labels.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(field);
    Set<String> written = new HashSet<>();
    for (Series.Label label : labels) {
      if (written.add(label.name())) {
        json.writeStringField(label.name(), label.value());
      }
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String field, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(field, text);
    }
  }

  /** Writes the fields of one record. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private byte[] line(Fields fields) {
    Line out = new Line(parser.maxBytes());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** A few numbers may stand for texts of any length. */
  private static final class Line extends ByteArrayOutputStream {

    private final int maxBytes;

    Line(int maxBytes) {
      super(512);
      this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (count + length > maxBytes) {
        throw new LineTooLongException(count + (long) length);
      }
      super.write(bytes, from, length);
    }
  }

  private static final class LineTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long bytes;

    LineTooLongException(long bytes) {
      super(null, null, false, false);
      this.bytes = bytes;
    }
  }
}

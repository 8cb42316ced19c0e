package routes.ingest.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import routes.record.Reason;
import routes.record.Rejection;

/**
 * Writes native histograms as OpenTelemetry's exponential ones, or with bounds of their own as
 * explicit ones. Prometheus numbers a bucket after its upper bound, OpenTelemetry after its lower.
 */
final class HistogramJson {

  /** What lies between far spans is written out; a histogram is meant to have 160 or so. */
  private static final int MAX_BUCKETS = 10_000;

  private HistogramJson() {}

  /** What keeps a histogram from being written, or null. */
  static @Nullable Rejection rejection(NativeHistogram histogram) {
    int schema = histogram.schema();
    if (schema != NativeHistogram.CUSTOM && (schema < -4 || schema > 8)) {
      return bad("histogram data schema " + schema + " is not supported");
    }
    NativeHistogram.Buckets positive = histogram.positive();
    NativeHistogram.Buckets negative = histogram.negative();
    if (!positive.isWhole() || !negative.isWhole()) {
      return bad("histogram spans and buckets do not match");
    }
    if (positive.width() > MAX_BUCKETS || negative.width() > MAX_BUCKETS) {
      return bad("histogram has more than " + MAX_BUCKETS + " buckets from the first to the last");
    }
    long last = positive.first() + positive.width();
    boolean outside = positive.first() < 0 || last > histogram.bounds().size() + 1L;
    if (schema == NativeHistogram.CUSTOM && (outside || !negative.isEmpty())) {
      return bad("histogram has a custom bucket outside of its bounds");
    }
    return null;
  }

  /** Writes what {@link #rejection} lets pass. */
  static void write(JsonGenerator json, NativeHistogram histogram) throws IOException {
    number(json, "count", histogram.count());
    json.writeNumberField("sum", histogram.sum());
    if (histogram.schema() == NativeHistogram.CUSTOM) {
      custom(json, histogram);
      return;
    }
    json.writeNumberField("scale", histogram.schema());
    number(json, "zero_count", histogram.zeroCount());
    if (histogram.zeroThreshold() != 0) {
      json.writeNumberField("zero_threshold", histogram.zeroThreshold());
    }
    exponential(json, "positive", histogram.positive());
    exponential(json, "negative", histogram.negative());
  }

  private static void exponential(JsonGenerator json, String name, NativeHistogram.Buckets buckets)
      throws IOException {
    if (!buckets.isEmpty()) {
      json.writeObjectFieldStart(name);
      json.writeNumberField("offset", buckets.first() - 1L);
      json.writeArrayFieldStart("bucket_counts");
      numbers(json, buckets.dense());
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Buckets before the first span and after the last one are empty. */
  private static void custom(JsonGenerator json, NativeHistogram histogram) throws IOException {
    NativeHistogram.Buckets buckets = histogram.positive();
    json.writeArrayFieldStart("bucket_counts");
    for (int i = 0; i < buckets.first(); i++) {
      json.writeNumber(0);
    }
    numbers(json, buckets.dense());
    for (long i = buckets.first() + buckets.width(); i <= histogram.bounds().size(); i++) {
      json.writeNumber(0);
    }
    json.writeEndArray();
    if (!histogram.bounds().isEmpty()) {
      json.writeArrayFieldStart("explicit_bounds");
      for (double bound : histogram.bounds()) {
        json.writeNumber(bound);
      }
      json.writeEndArray();
    }
  }

  private static void numbers(JsonGenerator json, List<Number> numbers) throws IOException {
    for (Number number : numbers) {
      number(json, number);
    }
  }

  private static void number(JsonGenerator json, String name, Number number) throws IOException {
    json.writeFieldName(name);
    number(json, number);
  }

  private static void number(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Double real) {
      json.writeNumber(real);
    } else {
      json.writeNumber(number.longValue());
    }
  }

  private static Rejection bad(String message) {
    return new Rejection(Reason.BAD_HISTOGRAM, message);
  }
}

package routes.ingest.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Writes the data points of a metric, each as a record of ours. */
final class PointFields {

  /** Takes the points of a metric. */
  @FunctionalInterface
  interface Points {

    /**
     * Takes the next point.
     *
     * @param list where it stands within its metric in JSON, such as {@code /sum/dataPoints/}
     * @param index its place in that list
     */
    void add(String list, int index, ExportedRecords.Item point);
  }

  private final Metric metric;

  private PointFields(Metric metric) {
    this.metric = metric;
  }

  /** Gives every point of a metric to the one who takes them. */
  static void forEach(Metric metric, Points points) {
    PointFields fields = new PointFields(metric);
    switch (metric.getDataCase()) {
      case GAUGE -> each(points, "gauge", metric.getGauge().getDataPointsList(), fields::gauge);
      case SUM ->
          each(
              points,
              "sum",
              metric.getSum().getDataPointsList(),
              point -> fields.sum(metric.getSum(), point));
      case HISTOGRAM ->
          each(
              points,
              "histogram",
              metric.getHistogram().getDataPointsList(),
              point -> fields.histogram(metric.getHistogram(), point));
      case EXPONENTIAL_HISTOGRAM ->
          each(
              points,
              "exponentialHistogram",
              metric.getExponentialHistogram().getDataPointsList(),
              point -> fields.exponential(metric.getExponentialHistogram(), point));
      case SUMMARY ->
          each(points, "summary", metric.getSummary().getDataPointsList(), fields::summary);
      case DATA_NOT_SET -> {}
    }
  }

  private static <P> void each(
      Points points, String kind, List<P> all, Function<P, ExportedRecords.Item> item) {
    String list = "/" + kind + "/dataPoints/";
    for (int i = 0; i < all.size(); i++) {
      points.add(list, i, item.apply(all.get(i)));
    }
  }

  private ExportedRecords.Item gauge(NumberDataPoint point) {
    return (fields, service, arrival) -> {
      start(fields, "gauge", point.getTimeUnixNano(), service, arrival);
      value(fields.json(), point);
      end(fields, point.getStartTimeUnixNano(), point.getFlags(), point.getAttributesList());
      exemplars(fields, point.getExemplarsList());
    };
  }

  private ExportedRecords.Item sum(Sum sum, NumberDataPoint point) {
    return (fields, service, arrival) -> {
      start(fields, "sum", point.getTimeUnixNano(), service, arrival);
      value(fields.json(), point);
      temporality(fields, sum.getAggregationTemporality());
      fields.json().writeBooleanField("monotonic", sum.getIsMonotonic());
      end(fields, point.getStartTimeUnixNano(), point.getFlags(), point.getAttributesList());
      exemplars(fields, point.getExemplarsList());
    };
  }

  private ExportedRecords.Item histogram(Histogram histogram, HistogramDataPoint point) {
    return (fields, service, arrival) -> {
      JsonGenerator json = fields.json();
      start(fields, "histogram", point.getTimeUnixNano(), service, arrival);
      fields.count("count", point.getCount());
      number(json, "sum", point.hasSum(), point.getSum());
      number(json, "min", point.hasMin(), point.getMin());
      number(json, "max", point.hasMax(), point.getMax());
      fields.counts("bucket_counts", point.getBucketCountsList());
      if (point.getExplicitBoundsCount() > 0) {
        json.writeArrayFieldStart("explicit_bounds");
        for (double bound : point.getExplicitBoundsList()) {
          json.writeNumber(bound);
        }
        json.writeEndArray();
      }
      temporality(fields, histogram.getAggregationTemporality());
      end(fields, point.getStartTimeUnixNano(), point.getFlags(), point.getAttributesList());
      exemplars(fields, point.getExemplarsList());
    };
  }

  private ExportedRecords.Item exponential(
      ExponentialHistogram histogram, ExponentialHistogramDataPoint point) {
    return (fields, service, arrival) -> {
      JsonGenerator json = fields.json();
      start(fields, "exponential_histogram", point.getTimeUnixNano(), service, arrival);
      fields.count("count", point.getCount());
      number(json, "sum", point.hasSum(), point.getSum());
      number(json, "min", point.hasMin(), point.getMin());
      number(json, "max", point.hasMax(), point.getMax());
      json.writeNumberField("scale", point.getScale());
      fields.count("zero_count", point.getZeroCount());
      number(json, "zero_threshold", point.getZeroThreshold() != 0, point.getZeroThreshold());
      buckets(fields, "positive", point.hasPositive(), point.getPositive());
      buckets(fields, "negative", point.hasNegative(), point.getNegative());
      temporality(fields, histogram.getAggregationTemporality());
      end(fields, point.getStartTimeUnixNano(), point.getFlags(), point.getAttributesList());
      exemplars(fields, point.getExemplarsList());
    };
  }

  private ExportedRecords.Item summary(SummaryDataPoint point) {
    return (fields, service, arrival) -> {
      JsonGenerator json = fields.json();
      start(fields, "summary", point.getTimeUnixNano(), service, arrival);
      fields.count("count", point.getCount());
      json.writeNumberField("sum", point.getSum());
      if (point.getQuantileValuesCount() > 0) {
        json.writeArrayFieldStart("quantiles");
        for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
          json.writeStartObject();
          json.writeNumberField("quantile", quantile.getQuantile());
          json.writeNumberField("value", quantile.getValue());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      end(fields, point.getStartTimeUnixNano(), point.getFlags(), point.getAttributesList());
    };
  }

  private void start(RecordJson fields, String type, long time, String service, Instant arrival)
      throws IOException {
    fields.text("timestamp", (time == 0 ? arrival : RecordJson.instant(time)).toString());
    fields.json().writeStringField("service", service);
    fields.text("name", metric.getName());
    fields.text("type", type);
    fields.text("unit", metric.getUnit());
  }

  private void end(RecordJson fields, long start, int flags, List<KeyValue> attributes)
      throws IOException {
    fields.time("start_timestamp", start);
    fields.number("flags", flags);
    fields.attributes("attributes", attributes);
    fields.text("description", metric.getDescription());
    fields.attributes("metadata", metric.getMetadataList());
  }

  private static void value(JsonGenerator json, NumberDataPoint point) throws IOException {
    switch (point.getValueCase()) {
      case AS_INT -> json.writeNumberField("value", point.getAsInt());
      case AS_DOUBLE -> json.writeNumberField("value", point.getAsDouble());
      case VALUE_NOT_SET -> {}
    }
  }

  private static void temporality(RecordJson fields, AggregationTemporality temporality)
      throws IOException {
    fields.text(
        "temporality",
        switch (temporality) {
          case AGGREGATION_TEMPORALITY_DELTA -> "delta";
          case AGGREGATION_TEMPORALITY_CUMULATIVE -> "cumulative";
          case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> "";
        });
  }

  private static void number(JsonGenerator json, String name, boolean present, double number)
      throws IOException {
    if (present) {
      json.writeNumberField(name, number);
    }
  }

  private static void buckets(RecordJson fields, String name, boolean present, Buckets buckets)
      throws IOException {
    if (present) {
      JsonGenerator json = fields.json();
      json.writeObjectFieldStart(name);
      json.writeNumberField("offset", buckets.getOffset());
      fields.counts("bucket_counts", buckets.getBucketCountsList());
      json.writeEndObject();
    }
  }

  private static void exemplars(RecordJson fields, List<Exemplar> exemplars) throws IOException {
    if (exemplars.isEmpty()) {
      return;
    }
    JsonGenerator json = fields.json();
    json.writeArrayFieldStart("exemplars");
    for (Exemplar exemplar : exemplars) {
      json.writeStartObject();
      fields.time("timestamp", exemplar.getTimeUnixNano());
      switch (exemplar.getValueCase()) {
        case AS_INT -> json.writeNumberField("value", exemplar.getAsInt());
        case AS_DOUBLE -> json.writeNumberField("value", exemplar.getAsDouble());
        case VALUE_NOT_SET -> {}
      }
      fields.id("trace_id", exemplar.getTraceId());
      fields.id("span_id", exemplar.getSpanId());
      fields.attributes("filtered_attributes", exemplar.getFilteredAttributesList());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

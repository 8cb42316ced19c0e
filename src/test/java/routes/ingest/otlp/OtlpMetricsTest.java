package routes.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** What becomes of OpenTelemetry's data points, field by field, in both encodings. */
class OtlpMetricsTest {

  private static final long NANOS = 1_795_000_000_123_456_789L;
  private static final String START =
      "{\"timestamp\":\"2026-11-18T11:06:40.123456789Z\",\"service\":\"checkout\",\"name\":\"m\"";
  private static final String SINCE = ",\"start_timestamp\":\"2026-11-18T11:06:40.123456788Z\"";
  private static final String END =
      ",\"description\":\"What it is\",\"metadata\":{\"k\":\"v\"}"
          + ",\"resource\":{\"service.name\":\"checkout\"},\"resource_dropped_attributes_count\":2"
          + ",\"resource_schema_url\":\"https://r\",\"scope\":{\"name\":\"shop\""
          + ",\"dropped_attributes_count\":3},\"schema_url\":\"https://s\"}";

  private final OtlpProtocol metrics =
      new OtlpProtocol(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC));

  @Test
  void a_gauge_has_its_value_as_it_came() {
    assertThat(
            linesOf(
                metric()
                    .setGauge(
                        Gauge.newBuilder()
                            .addDataPoints(number().setAsInt(Long.MIN_VALUE))
                            .addDataPoints(number().setAsDouble(5))
                            .addDataPoints(number().setAsDouble(Double.NaN))
                            .addDataPoints(number().setAsDouble(Double.NEGATIVE_INFINITY))
                            .addDataPoints(number().setFlags(1)))))
        .containsExactly(
            gauge(",\"value\":-9223372036854775808"),
            gauge(",\"value\":5.0"),
            gauge(",\"value\":\"NaN\""),
            gauge(",\"value\":\"-Infinity\""),
            START + ",\"type\":\"gauge\",\"unit\":\"1\"" + SINCE + ",\"flags\":1" + END);
  }

  @Test
  void a_sum_has_its_temporality_and_its_exemplars() {
    Exemplar exemplar =
        Exemplar.newBuilder()
            .setTimeUnixNano(NANOS)
            .setAsDouble(0.5)
            .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
            .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
            .addFilteredAttributes(entry("user", "u"))
            .build();

    assertThat(
            linesOf(
                metric()
                    .setSum(
                        Sum.newBuilder()
                            .setIsMonotonic(true)
                            .setAggregationTemporality(
                                AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                            .addDataPoints(
                                number()
                                    .setAsInt(3)
                                    .addAttributes(entry("a", "b"))
                                    .addExemplars(exemplar)))))
        .containsExactly(
            START
                + ",\"type\":\"sum\",\"unit\":\"1\",\"value\":3,\"temporality\":\"delta\""
                + ",\"monotonic\":true"
                + SINCE
                + ",\"attributes\":{\"a\":\"b\"}"
                + ",\"description\":\"What it is\",\"metadata\":{\"k\":\"v\"}"
                + ",\"exemplars\":[{\"timestamp\":\"2026-11-18T11:06:40.123456789Z\",\"value\":0.5"
                + ",\"trace_id\":\"5b8efff798038103d269b633813fc60c\""
                + ",\"span_id\":\"eee19b7ec3c1b174\",\"filtered_attributes\":{\"user\":\"u\"}}]"
                + END.substring(END.indexOf(",\"resource\"")));
  }

  @Test
  void histograms_are_whole() {
    HistogramDataPoint explicit =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(NANOS)
            .setStartTimeUnixNano(NANOS - 1)
            .setCount(-1)
            .setSum(1.5)
            .setMin(0)
            .addBucketCounts(-2)
            .addBucketCounts(1)
            .addExplicitBounds(0.25)
            .build();
    ExponentialHistogramDataPoint exponential =
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(NANOS)
            .setStartTimeUnixNano(NANOS - 1)
            .setCount(6)
            .setMax(8)
            .setScale(-2)
            .setZeroCount(1)
            .setZeroThreshold(1e-9)
            .setPositive(
                ExponentialHistogramDataPoint.Buckets.newBuilder()
                    .setOffset(-3)
                    .addAllBucketCounts(List.of(2L, 0L, 3L)))
            .build();

    assertThat(
            linesOf(
                metric()
                    .setHistogram(
                        Histogram.newBuilder()
                            .setAggregationTemporality(
                                AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                            .addDataPoints(explicit)),
                metric()
                    .setExponentialHistogram(
                        ExponentialHistogram.newBuilder().addDataPoints(exponential)),
                metric()
                    .setSummary(
                        Summary.newBuilder()
                            .addDataPoints(
                                SummaryDataPoint.newBuilder()
                                    .setTimeUnixNano(NANOS)
                                    .setStartTimeUnixNano(NANOS - 1)
                                    .setCount(2)
                                    .setSum(3)
                                    .addQuantileValues(
                                        SummaryDataPoint.ValueAtQuantile.newBuilder()
                                            .setQuantile(0.5)
                                            .setValue(1.25))))))
        .containsExactly(
            START
                + ",\"type\":\"histogram\",\"unit\":\"1\",\"count\":18446744073709551615,\"sum\":1.5"
                + ",\"min\":0.0,\"bucket_counts\":[18446744073709551614,1]"
                + ",\"explicit_bounds\":[0.25],\"temporality\":\"cumulative\""
                + SINCE
                + END,
            START
                + ",\"type\":\"exponential_histogram\",\"unit\":\"1\",\"count\":6,\"max\":8.0"
                + ",\"scale\":-2,\"zero_count\":1,\"zero_threshold\":1.0E-9"
                + ",\"positive\":{\"offset\":-3,\"bucket_counts\":[2,0,3]}"
                + SINCE
                + END,
            START
                + ",\"type\":\"summary\",\"unit\":\"1\",\"count\":2,\"sum\":3.0"
                + ",\"quantiles\":[{\"quantile\":0.5,\"value\":1.25}]"
                + SINCE
                + END);
  }

  @Test
  void json_means_the_same_as_protobuf() {
    String json =
        """
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}],
            "droppedAttributesCount":2},"schemaUrl":"https://r",
          "scopeMetrics":[{"scope":{"name":"shop","droppedAttributesCount":3},"schemaUrl":"https://s","metrics":[
            {"name":"m","unit":"1","description":"What it is","metadata":[{"key":"k","value":{"stringValue":"v"}}],
             "sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
               {"timeUnixNano":"1795000000123456789","startTimeUnixNano":"1795000000123456788","asInt":"9007199254740993"}]}},
            {"name":"m","unit":"1","description":"What it is","metadata":[{"key":"k","value":{"stringValue":"v"}}],
             "exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[
               {"timeUnixNano":"1795000000123456789","startTimeUnixNano":"1795000000123456788","count":"3","sum":"Infinity",
                "scale":3,"zeroCount":1,"positive":{"offset":-1,"bucketCounts":["2"]}}]}}]}]}]}
        """;

    assertThat(
            lines(
                metrics
                    .read(
                        Requests.body(json.getBytes(UTF_8)),
                        Requests.head("/v1/metrics", "application/json", null, null))
                    .intake()))
        .containsExactly(
            START
                + ",\"type\":\"sum\",\"unit\":\"1\",\"value\":9007199254740993"
                + ",\"temporality\":\"cumulative\",\"monotonic\":true"
                + SINCE
                + END,
            START
                + ",\"type\":\"exponential_histogram\",\"unit\":\"1\",\"count\":3"
                + ",\"sum\":\"Infinity\",\"scale\":3,\"zero_count\":1"
                + ",\"positive\":{\"offset\":-1,\"bucket_counts\":[2]},\"temporality\":\"delta\""
                + SINCE
                + END);
  }

  @Test
  void what_is_not_acceptable_is_told_and_its_neighbours_are_taken() {
    HistogramDataPoint wrong =
        HistogramDataPoint.newBuilder()
            .setTimeUnixNano(NANOS)
            .setCount(3)
            .addBucketCounts(1)
            .build();
    Intake intake =
        read(
            metric().setHistogram(Histogram.newBuilder().addDataPoints(wrong)),
            metric().clearName().setGauge(Gauge.newBuilder().addDataPoints(number().setAsInt(1))),
            metric().setGauge(Gauge.newBuilder().addDataPoints(number())),
            metric().setGauge(Gauge.newBuilder().addDataPoints(number().setAsInt(1))),
            metric()
                .setGauge(
                    Gauge.newBuilder()
                        .addDataPoints(
                            number()
                                .setAsInt(1)
                                .addAttributes(entry("long", "x".repeat(5 << 20))))));

    assertThat(intake.accepted()).hasSize(1);
    assertThat(intake.rejected())
        .extracting(record -> record.index() + " " + record.rejection().reason().code())
        .containsExactly("0 bad-histogram", "1 no-name", "2 bad-value", "4 too-large");
    assertThat(
            new String(
                OtlpAnswers.success(intake, Signal.METRICS, "application/json").content(), UTF_8))
        .startsWith(
            "{\"partialSuccess\":{\"rejectedDataPoints\":\"4\",\"errorMessage\":"
                + "\"4 of 5 data points are not acceptable: 0: The buckets count 1");
  }

  @Test
  void a_point_sent_again_has_the_same_id_and_two_alike_have_two() {
    NumberDataPoint.Builder one = number().setAsInt(1);
    Metric.Builder request =
        metric()
            .setGauge(
                Gauge.newBuilder()
                    .addDataPoints(one)
                    .addDataPoints(one)
                    .addDataPoints(number().setAsInt(2)));

    List<String> first = ids(read(request));

    assertThat(first).hasSize(3).doesNotHaveDuplicates();
    assertThat(ids(read(request))).isEqualTo(first);
  }

  @Test
  void ten_thousand_points_are_one_request() {
    Gauge.Builder gauge = Gauge.newBuilder();
    for (int i = 0; i < 10_000; i++) {
      gauge.addDataPoints(number().setAsInt(i));
    }

    assertThat(read(metric().setGauge(gauge)).accepted()).hasSize(10_000);
  }

  private static List<String> ids(Intake intake) {
    return intake.accepted().stream().map(LogRecord::id).toList();
  }

  private static String gauge(String value) {
    return START + ",\"type\":\"gauge\",\"unit\":\"1\"" + value + SINCE + END;
  }

  private static NumberDataPoint.Builder number() {
    return NumberDataPoint.newBuilder().setTimeUnixNano(NANOS).setStartTimeUnixNano(NANOS - 1);
  }

  private static Metric.Builder metric() {
    return Metric.newBuilder()
        .setName("m")
        .setUnit("1")
        .setDescription("What it is")
        .addMetadata(entry("k", "v"));
  }

  private List<String> linesOf(Metric.Builder... built) {
    return lines(read(built));
  }

  private Intake read(Metric.Builder... built) {
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(entry("service.name", "checkout"))
                            .setDroppedAttributesCount(2))
                    .setSchemaUrl("https://r")
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .setScope(
                                InstrumentationScope.newBuilder()
                                    .setName("shop")
                                    .setDroppedAttributesCount(3))
                            .setSchemaUrl("https://s")
                            .addAllMetrics(
                                Arrays.stream(built).map(Metric.Builder::build).toList())))
            .build();
    return metrics
        .read(
            Requests.body(request.toByteArray()),
            Requests.head("/v1/metrics", "application/x-protobuf", null, null))
        .intake();
  }

  /** Without their ids. */
  private static List<String> lines(Intake intake) {
    assertThat(intake.rejected()).isEmpty();
    return intake.accepted().stream()
        .map(record -> record.line().toString())
        .map(line -> line.replaceFirst(",\"ingest_id\":\"[0-9a-f]{32}\"}$", "}"))
        .toList();
  }

  private static KeyValue entry(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}

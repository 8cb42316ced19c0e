package routes.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.ingest.InvalidRecordsException;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParsers;
import routes.signal.Signal;

/** What becomes of OpenTelemetry's spans, field by field, in both encodings. */
class OtlpTracesTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final long NANOS = 1_795_000_000_123_456_789L;
  private static final ByteString TRACE = ByteString.fromHex("5b8efff798038103d269b633813fc60c");
  private static final ByteString SPAN = ByteString.fromHex("eee19b7ec3c1b174");

  private final OtlpProtocol traces =
      new OtlpProtocol(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC));

  @Test
  void every_field_of_a_span_is_kept() {
    Span.Builder span =
        span()
            .setParentSpanId(ByteString.fromHex("00f067aa0ba902b7"))
            .setName("GET /")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setTraceState("a=b")
            .setFlags(0x101)
            .setStatus(
                Status.newBuilder()
                    .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                    .setMessage("No cards"))
            .addAttributes(entry("http.response.status_code", 500))
            .setDroppedAttributesCount(1)
            .addEvents(
                Span.Event.newBuilder()
                    .setTimeUnixNano(NANOS + 1)
                    .setName("exception")
                    .addAttributes(entry("n", 1))
                    .setDroppedAttributesCount(2))
            .setDroppedEventsCount(3)
            .addLinks(
                Span.Link.newBuilder()
                    .setTraceId(TRACE)
                    .setSpanId(SPAN)
                    .setTraceState("c=d")
                    .setFlags(1)
                    .addAttributes(entry("m", 2))
                    .setDroppedAttributesCount(4))
            .setDroppedLinksCount(5);

    assertThat(lines(read(span)))
        .containsExactly(
            "{\"timestamp\":\"2026-11-18T11:06:40.123456789Z\",\"service\":\"checkout\""
                + ",\"name\":\"GET /\",\"trace_id\":\"5b8efff798038103d269b633813fc60c\""
                + ",\"span_id\":\"eee19b7ec3c1b174\",\"parent_span_id\":\"00f067aa0ba902b7\""
                + ",\"kind\":\"SERVER\",\"end_timestamp\":\"2026-11-18T11:06:41.123456790Z\""
                + ",\"duration_nanos\":1000000001,\"status_code\":\"ERROR\""
                + ",\"status_message\":\"No cards\",\"trace_state\":\"a=b\",\"flags\":257"
                + ",\"attributes\":{\"http.response.status_code\":500}"
                + ",\"dropped_attributes_count\":1,\"events\":[{\"timestamp\":"
                + "\"2026-11-18T11:06:40.123456790Z\",\"name\":\"exception\",\"attributes\":{\"n\":1}"
                + ",\"dropped_attributes_count\":2}],\"dropped_events_count\":3"
                + ",\"links\":[{\"trace_id\":\"5b8efff798038103d269b633813fc60c\""
                + ",\"span_id\":\"eee19b7ec3c1b174\",\"trace_state\":\"c=d\",\"flags\":1"
                + ",\"attributes\":{\"m\":2},\"dropped_attributes_count\":4}]"
                + ",\"dropped_links_count\":5,\"resource\":{\"service.name\":\"checkout\"}"
                + ",\"resource_entity_refs\":[{\"type\":\"service\",\"id_keys\":[\"service.name\"]}]"
                + ",\"schema_url\":\"https://s\"}");
  }

  @Test
  void json_means_the_same_as_protobuf() {
    String json =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}],
            "entityRefs":[{"type":"service","idKeys":["service.name"]}]},
          "scopeSpans":[{"schemaUrl":"https://s","spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C",
            "spanId":"EEE19B7EC3C1B174","parentSpanId":"","name":"GET /","kind":2,
            "startTimeUnixNano":"1795000000123456789","endTimeUnixNano":"1795000001123456790",
            "status":{"code":2},"links":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174"}]}]}]}]}
        """;
    Span.Builder span =
        span()
            .setName("GET /")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .addLinks(Span.Link.newBuilder().setTraceId(TRACE).setSpanId(SPAN));

    assertThat(
            lines(
                traces
                    .read(
                        Requests.body(json.getBytes(UTF_8)),
                        Requests.head("/v1/traces", "application/json", null, null))
                    .intake()))
        .hasSize(1)
        .isEqualTo(lines(read(span)));
  }

  @Test
  void bad_spans_are_counted_and_their_neighbours_taken() throws Exception {
    Intake intake =
        read(
            span().setEndTimeUnixNano(NANOS - 1),
            span().setTraceId(ByteString.fromHex("00".repeat(16))),
            span().setSpanId(ByteString.EMPTY),
            span().setTraceId(SPAN),
            span());

    assertThat(intake.accepted()).hasSize(1);
    assertThat(intake.rejected())
        .extracting(record -> record.rejection().reason().code())
        .containsExactly("ends-before-start", "bad-trace-id", "bad-span-id", "bad-trace-id");
    ExportTracePartialSuccess told =
        ExportTraceServiceResponse.parseFrom(
                OtlpAnswers.success(intake, Signal.TRACES, PROTOBUF).content())
            .getPartialSuccess();
    assertThat(told.getRejectedSpans()).isEqualTo(4);
    assertThat(told.getErrorMessage())
        .startsWith("4 of 5 spans are not acceptable: 0: The span ends at 2026-11-18T11:06:40");
    assertThatExceptionOfType(InvalidRecordsException.class)
        .isThrownBy(
            () ->
                OtlpAnswers.success(
                    read(span().setSpanId(ByteString.EMPTY)), Signal.TRACES, PROTOBUF));
  }

  @Test
  void what_a_span_does_not_have_is_left_out() {
    assertThat(
            lines(
                read(
                    Span.newBuilder()
                        .setTraceId(TRACE)
                        .setSpanId(SPAN)
                        .setParentSpanId(ByteString.fromHex("0000000000000000"))
                        .setEndTimeUnixNano(NANOS))))
        .singleElement()
        .asString()
        .startsWith(
            "{\"timestamp\":\"2026-11-18T11:06:40.123456789Z\",\"service\":\"checkout\""
                + ",\"trace_id\":\"5b8efff798038103d269b633813fc60c\""
                + ",\"span_id\":\"eee19b7ec3c1b174\""
                + ",\"end_timestamp\":\"2026-11-18T11:06:40.123456789Z\",\"resource\"");
  }

  private static Span.Builder span() {
    return Span.newBuilder()
        .setTraceId(TRACE)
        .setSpanId(SPAN)
        .setStartTimeUnixNano(NANOS)
        .setEndTimeUnixNano(NANOS + 1_000_000_001L);
  }

  private Intake read(Span.Builder... spans) {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(
                                KeyValue.newBuilder()
                                    .setKey("service.name")
                                    .setValue(AnyValue.newBuilder().setStringValue("checkout")))
                            .addEntityRefs(
                                EntityRef.newBuilder()
                                    .setType("service")
                                    .addIdKeys("service.name")))
                    .addScopeSpans(
                        ScopeSpans.newBuilder()
                            .setSchemaUrl("https://s")
                            .addAllSpans(Arrays.stream(spans).map(Span.Builder::build).toList())))
            .build();
    return traces
        .read(
            Requests.body(request.toByteArray()), Requests.head("/v1/traces", PROTOBUF, null, null))
        .intake();
  }

  private static List<String> lines(Intake intake) {
    assertThat(intake.rejected()).isEmpty();
    return intake.accepted().stream().map(record -> record.line().toString()).toList();
  }

  private static KeyValue entry(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}

package routes.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.HttpProblem;
import routes.http.MalformedBodyException;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParsers;

/** What becomes of OpenTelemetry's log records, field by field, in both encodings. */
class OtlpLogsTest {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json; charset=utf-8";
  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:00.5Z");
  private static final long NANOS = 1_795_000_000_123_456_789L;
  private static final String TIME = "2026-11-18T11:06:40.123456789Z";

  private final OtlpProtocol logs =
      new OtlpProtocol(
          new RecordParsers(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Clock.fixed(ARRIVAL, ZoneOffset.UTC));

  @Test
  void every_field_of_a_record_is_kept() {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(NANOS)
            .setObservedTimeUnixNano(NANOS + 1)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_ERROR2)
            .setSeverityText("Err")
            .setBody(text("Boom \"é\"\n"))
            .addAttributes(entry("string", text("a")))
            .addAttributes(entry("bool", AnyValue.newBuilder().setBoolValue(true).build()))
            .addAttributes(entry("int", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build()))
            .addAttributes(entry("double", AnyValue.newBuilder().setDoubleValue(0.1).build()))
            .addAttributes(entry("nan", AnyValue.newBuilder().setDoubleValue(Double.NaN).build()))
            .addAttributes(
                entry(
                    "bytes",
                    AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("hey")).build()))
            .addAttributes(
                entry(
                    "list",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(text("x"))
                                .addValues(AnyValue.getDefaultInstance()))
                        .build()))
            .setDroppedAttributesCount(-1)
            .setFlags(1)
            .setTraceId(ByteString.fromHex("5B8EFFF798038103D269B633813FC60C"))
            .setSpanId(ByteString.fromHex("EEE19B7EC3C1B174"))
            .setEventName("payment")
            .build();
    InstrumentationScope scope =
        InstrumentationScope.newBuilder()
            .setName("shop")
            .setVersion("1")
            .addAttributes(entry("k", text("v")))
            .build();

    assertThat(linesOf(request(resource("checkout"), scope, record)))
        .containsExactly(
            "{\"timestamp\":\""
                + TIME
                + "\",\"service\":\"checkout\",\"level\":\"ERROR\",\"message\":\"Boom \\\"é\\\"\\n"
                + "\",\"trace_id\":\"5b8efff798038103d269b633813fc60c\""
                + ",\"span_id\":\"eee19b7ec3c1b174\",\"event_name\":\"payment\""
                + ",\"severity_number\":18,\"severity_text\":\"Err\""
                + ",\"observed_timestamp\":\"2026-11-18T11:06:40.123456790Z\",\"flags\":1"
                + ",\"attributes\":{\"string\":\"a\",\"bool\":true,\"int\":-9223372036854775808"
                + ",\"double\":0.1,\"nan\":\"NaN\",\"bytes\":\"aGV5\",\"list\":[\"x\",null]}"
                + ",\"dropped_attributes_count\":4294967295"
                + ",\"resource\":{\"service.name\":\"checkout\"}"
                + ",\"scope\":{\"name\":\"shop\",\"version\":\"1\",\"attributes\":{\"k\":\"v\"}}");
  }

  @Test
  void json_means_the_same_as_protobuf() {
    String json =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}],
           "unknown":{"a":[1,{}]}},
          "scopeLogs":[{"scope":{"name":"shop","version":null},"logRecords":[{
            "timeUnixNano":"1795000000123456789","observedTimeUnixNano":1795000000123456790,
            "severityNumber":18,"severityText":"Err","flags":1.0,
            "body":{"kvlistValue":{"values":[{"key":"n","value":{"intValue":"-9223372036854775808"}},
              {"key":"d","value":{"doubleValue":"Infinity"}},{"key":"e","value":{"doubleValue":1e300}},
              {"key":"b","value":{"bytesValue":"aGV5"}},{"key":"t","value":{"boolValue":true}},
              {"key":"l","value":{"arrayValue":{"values":[{"stringValue":"x"},{}]}}}]}},
            "traceId":"5B8EFFF798038103d269b633813fc60c","spanId":"EEE19B7EC3C1B174"}]}]}]}
        """;
    AnyValue body =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder()
                    .addValues(
                        entry("n", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build()))
                    .addValues(
                        entry(
                            "d",
                            AnyValue.newBuilder().setDoubleValue(Double.POSITIVE_INFINITY).build()))
                    .addValues(entry("e", AnyValue.newBuilder().setDoubleValue(1e300).build()))
                    .addValues(
                        entry(
                            "b",
                            AnyValue.newBuilder()
                                .setBytesValue(ByteString.copyFromUtf8("hey"))
                                .build()))
                    .addValues(entry("t", AnyValue.newBuilder().setBoolValue(true).build()))
                    .addValues(
                        entry(
                            "l",
                            AnyValue.newBuilder()
                                .setArrayValue(
                                    ArrayValue.newBuilder()
                                        .addValues(text("x"))
                                        .addValues(AnyValue.getDefaultInstance()))
                                .build())))
            .build();
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(NANOS)
            .setObservedTimeUnixNano(NANOS + 1)
            .setSeverityNumberValue(18)
            .setSeverityText("Err")
            .setFlags(1)
            .setBody(body)
            .setTraceId(ByteString.fromHex("5B8EFFF798038103D269B633813FC60C"))
            .setSpanId(ByteString.fromHex("EEE19B7EC3C1B174"))
            .build();
    InstrumentationScope scope = InstrumentationScope.newBuilder().setName("shop").build();

    List<String> lines = lines(read(json.getBytes(UTF_8), JSON));

    assertThat(lines).hasSize(1);
    assertThat(lines).isEqualTo(linesOf(request(resource("checkout"), scope, record)));
    assertThat(lines.get(0))
        .contains(
            "\"body\":{\"n\":-9223372036854775808,\"d\":\"Infinity\",\"e\":1.0E300,\"b\":\"aGV5\"")
        .doesNotContain("\"message\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1, TRACE",
    "4, TRACE",
    "5, DEBUG",
    "9, INFO",
    "12, INFO",
    "13, WARN",
    "20, ERROR",
    "21, FATAL",
    "24, FATAL",
    "0, odd",
    "25, odd"
  })
  void the_level_is_the_name_of_the_number_else_the_text(int number, String level) {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(NANOS)
            .setSeverityNumberValue(number)
            .setSeverityText("odd")
            .build();

    assertThat(linesOf(request(resource("s"), record)))
        .singleElement()
        .asString()
        .contains("\"level\":\"" + level + "\"");
  }

  @Test
  void a_record_without_a_time_has_the_one_it_was_observed_or_arrived_at() {
    LogRecord observed = LogRecord.newBuilder().setObservedTimeUnixNano(NANOS).build();

    assertThat(
            linesOf(request(resource("s"), observed, LogRecord.getDefaultInstance())).stream()
                .map(line -> line.substring(0, line.indexOf(",\"service"))))
        .containsExactly(
            "{\"timestamp\":\"" + TIME + "\"", "{\"timestamp\":\"2026-11-20T09:00:00.500Z\"");
  }

  @Test
  void the_service_is_the_resources_else_the_requests_else_unknown() {
    byte[] named = request(resource("own"), LogRecord.getDefaultInstance()).toByteArray();
    byte[] nameless =
        request(Resource.getDefaultInstance(), LogRecord.getDefaultInstance()).toByteArray();

    assertThat(service(read(named, PROTOBUF, "service=query", "header"))).isEqualTo("own");
    assertThat(service(read(nameless, PROTOBUF, "service=query", "header"))).isEqualTo("query");
    assertThat(service(read(nameless, PROTOBUF, "service=", "header"))).isEqualTo("header");
    assertThat(service(read(nameless, PROTOBUF, null, ""))).isEqualTo("unknown_service");
  }

  @Test
  void what_cannot_be_a_record_is_rejected_in_its_place() {
    LogRecord future = LogRecord.newBuilder().setTimeUnixNano(-1).build();

    Intake intake =
        read(
            request(
                    resource("s"),
                    LogRecord.getDefaultInstance(),
                    future,
                    LogRecord.getDefaultInstance())
                .toByteArray(),
            PROTOBUF);

    assertThatTheSecondOfThreeIsRejected(intake, "too-far-in-future");
  }

  private static void assertThatTheSecondOfThreeIsRejected(Intake intake, String reason) {
    assertThat(intake.accepted()).hasSize(2);
    assertThat(intake.rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.index()).isEqualTo(1);
              assertThat(record.rejection().reason().code()).isEqualTo(reason);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"body\":{\"intValue\":\"9223372036854775808\"}",
        "\"body\":{\"intValue\":-9223372036854775809}",
        "\"body\":{\"intValue\":\" 12\"}",
        "\"body\":{\"intValue\":1.5}",
        "\"body\":{\"intValue\":{}}",
        "\"body\":{\"doubleValue\":1e400}",
        "\"body\":{\"doubleValue\":\"0x1p3\"}",
        "\"body\":{\"boolValue\":1}",
        "\"body\":{\"bytesValue\":\"a\"}",
        "\"attributes\":[{\"key\":\"k\",\"value\":{\"kvlistValue\":{\"values\":[{\"key\":[{}]}]}}}]",
        "\"timeUnixNano\":\"18446744073709551616\"",
        "\"timeUnixNano\":-1",
        "\"timeUnixNano\":\"x\"",
        "\"timeUnixNano\":0.5",
        "\"timeUnixNano\":1e999999999",
        "\"severityNumber\":\"SEVERITY\"",
        "\"severityNumber\":2147483648",
        "\"severityText\":1",
        "\"flags\":4294967296",
        "\"droppedAttributesCount\":-1",
        "\"traceId\":\"W47/\""
      })
  void a_record_with_a_value_its_field_cannot_hold_is_rejected_alone(String field) {
    String bad = "{\"severityText\":\"before\"," + field + ",\"eventName\":\"after\"}";
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{},{\"logRecords\":[{\"body\":{\"stringValue\":\"1\"}},%s,{}]}]}]}"
            .formatted(bad);

    Intake intake = read(json.getBytes(UTF_8), JSON);

    assertThat(intake.accepted()).hasSize(2);
    assertThat(intake.rejected())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.index()).isEqualTo(1);
              assertThat(record.bytes()).hasToString(bad);
              assertThat(record.rejection().message())
                  .startsWith("No OTLP/JSON: expected ")
                  .contains(
                      "at \"/resourceLogs/0/scopeLogs/1/logRecords/1/" + field.split("\"", -1)[1]);
            });
  }

  @Test
  void a_wrong_value_of_a_resource_rejects_its_records_and_no_others() {
    String json =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"a","value":{"intValue":1e19}}]},
          "scopeLogs":[{"logRecords":[{},{}]},{"logRecords":[{"severityNumber":"x"}]}]},
         {"scopeLogs":[{"scope":{"name":7},"logRecords":[{}]},{"logRecords":[{}]}]}]}
        """;

    Intake intake = read(json.getBytes(UTF_8), JSON);

    assertThat(intake.accepted()).hasSize(1);
    assertThat(intake.rejected())
        .extracting(record -> record.rejection().message().replaceAll(".* at ", ""))
        .containsExactly(
            "\"/resourceLogs/0/resource/attributes/0/value/intValue\"",
            "\"/resourceLogs/0/resource/attributes/0/value/intValue\"",
            "\"/resourceLogs/0/scopeLogs/1/logRecords/0/severityNumber\"",
            "\"/resourceLogs/1/scopeLogs/0/scope/name\"");
  }

  @Test
  void what_senders_write_otherwise_is_understood() {
    String json =
        "\ufeff{\"resource_logs\":[{\"scope_logs\":[{\"log_records\":[{\"severity_number\":\"SEVERITY_NUMBER_WARN\","
            + "\"timeUnixNano\":null,\"attributes\":["
            + "{\"key\":\"urlsafe\",\"value\":{\"bytesValue\":\"-_8\"}},"
            + "{\"key\":\"max\",\"value\":{\"intValue\":9223372036854775807}},"
            + "{\"key\":\"exponent\",\"value\":{\"intValue\":\"1e3\"}},"
            + "{\"key\":\"nan\",\"value\":{\"doubleValue\":\"NaN\"}},"
            + "{\"key\":\"inf\",\"value\":{\"doubleValue\":\"-Infinity\"}}]}]}]}]}";

    assertThat(lines(read(json.getBytes(UTF_8), JSON)))
        .singleElement()
        .asString()
        .contains(
            "\"level\":\"WARN\"",
            "{\"urlsafe\":\"+/8=\",\"max\":9223372036854775807,\"exponent\":1000,\"nan\":\"NaN\",\"inf\":\"-Infinity\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 2026-11-20T09:00:00.500Z",
    "1795000000123, 0, 2026-11-20T09:00:00.500Z",
    "1, 1795000000123456789, 2026-11-18T11:06:40.123456789Z",
    "0, 1, 2026-11-20T09:00:00.500Z"
  })
  void a_time_before_2000_is_none_and_stays(long time, long observed, Instant timestamp) {
    LogRecord record =
        LogRecord.newBuilder().setTimeUnixNano(time).setObservedTimeUnixNano(observed).build();

    assertThat(linesOf(request(resource("s"), record)))
        .singleElement()
        .asString()
        .startsWith("{\"timestamp\":\"" + timestamp + "\"")
        .matches(line -> line.contains("\"time_unix_nano\":" + time) == (time != 0));
  }

  @Test
  void a_service_that_cannot_be_one_stays_with_the_resource() {
    assertThat(linesOf(request(resource("x".repeat(201)), LogRecord.getDefaultInstance())))
        .singleElement()
        .asString()
        .contains("\"service\":\"unknown_service\"", "\"service.name\":\"xxx");
  }

  @Test
  void half_a_surrogate_pair_is_replaced_in_names_and_values() {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"a\\ud800\"},"
            + "\"attributes\":[{\"key\":\"\\ude00k\",\"value\":{\"stringValue\":\"\\ud83d\\ude00\"}}]}]}]}]}";

    assertThat(lines(read(json.getBytes(UTF_8), JSON)))
        .singleElement()
        .asString()
        .contains("\"message\":\"a\ufffd\"", "{\"\ufffdk\":\"");
  }

  @Test
  void one_that_is_deeper_than_is_read_is_refused_alone() {
    AnyValue nested = AnyValue.getDefaultInstance();
    for (int i = 0; i < 1_000; i++) {
      nested =
          AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(nested)).build();
    }
    byte[] body =
        request(
                resource("s"),
                LogRecord.getDefaultInstance(),
                LogRecord.newBuilder().setBody(nested).build(),
                LogRecord.getDefaultInstance())
            .toByteArray();

    Intake intake = read(body, PROTOBUF);

    assertThatTheSecondOfThreeIsRejected(intake, "too-deep");
  }

  @Test
  void nesting_is_bounded() {
    int levels = 110;
    String value = "{\"arrayValue\":{\"values\":[".repeat(levels) + "{}" + "]}}".repeat(levels);
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":%s}]}]}]}".formatted(value);
    AnyValue nested = AnyValue.getDefaultInstance();
    for (int level = 0; level < levels; level++) {
      nested =
          AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(nested)).build();
    }
    byte[] protobuf =
        request(resource("s"), LogRecord.newBuilder().setBody(nested).build()).toByteArray();

    assertThat(read(json.getBytes(UTF_8), JSON).rejected())
        .extracting(record -> record.rejection().reason().code())
        .containsExactly("too-deep");
    assertThat(read(protobuf, PROTOBUF).rejected())
        .extracting(record -> record.rejection().reason().code())
        .containsExactly("too-deep");
    String abyss = "[".repeat(100_000);
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> read(json.replace("{}", abyss).getBytes(UTF_8), JSON));
  }

  @Test
  void an_empty_request_has_no_records() {
    assertThat(read(new byte[0], PROTOBUF)).isEqualTo(new Intake(List.of(), List.of(), Map.of()));
    assertThat(read("{}".getBytes(UTF_8), JSON))
        .isEqualTo(new Intake(List.of(), List.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{}{}", "{} x", "{\"resourceLogs\":{}}"})
  void json_that_is_no_request_is_malformed(String body) {
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> read(body.getBytes(UTF_8), JSON))
        .withMessageStartingWith("The body is no OTLP/JSON: ");
  }

  @Test
  void the_place_of_what_is_wrong_is_told() {
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> read("{\"resourceLogs\":7}".getBytes(UTF_8), JSON))
        .withMessageContaining("expected START_ARRAY at \"/resourceLogs\" (line 1, column");
  }

  @Test
  void what_is_no_text_in_protobuf_is_replaced() {
    KeyValue attribute =
        KeyValue.newBuilder()
            .setKey("k~")
            .setValue(
                AnyValue.newBuilder()
                    .setKvlistValue(
                        KeyValueList.newBuilder()
                            .addValues(
                                KeyValue.newBuilder()
                                    .setKey("~")
                                    .setValue(AnyValue.newBuilder().setStringValue("~~")))))
            .build();
    byte[] body =
        request(
                resource("caf~"),
                LogRecord.newBuilder()
                    .setBody(AnyValue.newBuilder().setStringValue("cut ~ short"))
                    .addAttributes(attribute)
                    .setFlags(7)
                    .build(),
                LogRecord.newBuilder().setSeverityText("fine").build())
            .toByteArray();
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '~' ? (byte) 0xE9 : body[i];
    }

    assertThat(lines(read(body, PROTOBUF)))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("\"service\":\"caf\uFFFD\",\"message\":\"cut \uFFFD short\"")
                    .contains(
                        "\"flags\":7,\"attributes\":{\"k\uFFFD\":{\"\uFFFD\":\"\uFFFD\uFFFD\"}}"),
            line -> assertThat(line).contains("\"service\":\"caf\uFFFD\",\"level\":\"fine\""));
  }

  @Test
  void bytes_that_are_no_request_are_malformed() {
    byte[] whole = request(resource("s"), LogRecord.getDefaultInstance()).toByteArray();
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);

    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> read(cut, PROTOBUF))
        .withMessageStartingWith("The body is no protobuf: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-ndjson", "", "json"})
  void other_types_are_refused(String type) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> read(new byte[0], type))
        .withMessage("Content-Type must be application/x-protobuf or application/json");
    assertThatExceptionOfType(HttpProblem.class).isThrownBy(() -> read(new byte[0], null));
  }

  private Intake read(byte[] body, @Nullable String type) {
    return read(body, type, null, null);
  }

  private Intake read(
      byte[] body, @Nullable String type, @Nullable String query, @Nullable String service) {
    return logs.read(Requests.body(body), Requests.head("/v1/logs", type, query, service)).intake();
  }

  private List<String> linesOf(ExportLogsServiceRequest request) {
    return lines(read(request.toByteArray(), PROTOBUF));
  }

  /** Without the id, which is another every time. */
  private static List<String> lines(Intake intake) {
    assertThat(intake.rejected()).isEmpty();
    return intake.accepted().stream()
        .map(record -> record.line().toString().replaceFirst(",\"ingest_id\":\"[^\"]+\"}$", ""))
        .toList();
  }

  private static String service(Intake intake) {
    assertThat(intake.accepted()).hasSize(1);
    return intake.accepted().get(0).service();
  }

  private static ExportLogsServiceRequest request(Resource resource, LogRecord... records) {
    return request(resource, InstrumentationScope.getDefaultInstance(), records);
  }

  private static ExportLogsServiceRequest request(
      Resource resource, InstrumentationScope scope, LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(resource)
                .addScopeLogs(
                    ScopeLogs.newBuilder().setScope(scope).addAllLogRecords(List.of(records))))
        .build();
  }

  private static Resource resource(String service) {
    return Resource.newBuilder().addAttributes(entry("service.name", text(service))).build();
  }

  private static KeyValue entry(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}

package routes.envelope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.AlikeNames;
import routes.json.ByteSlice;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.Reason;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.record.Rejection;

class CloudWatchEventsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** 2026-11-20T11:00:00Z. */
  private static final long ELEVEN = 1_795_172_400_000L;

  private final EnvelopeReader reader =
      new EnvelopeReader(
          new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection));
  private final List<LogRecord> records = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<ByteSlice> rejected = new ArrayList<>();

  @Test
  void each_event_is_a_record_with_the_context_of_all() throws Exception {
    read(gzip(document("/aws/lambda/checkout", event("1", "first"), event("2", "\"second\"\n"))));

    assertThat(rejections).isEmpty();
    assertThat(records).hasSize(2);
    LogRecord first = records.get(0);
    assertThat(first.service()).isEqualTo("checkout");
    assertThat(first.time()).isEqualTo(Instant.ofEpochMilli(ELEVEN));
    assertThat(first.id()).isEqualTo("1");
    assertThat(json(first))
        .isEqualTo(
            JSON.readTree(
                """
                {"timestamp":1795172400000,"service":"checkout","message":"first","record_id":"1",
                 "extractedFields":{"a":"b"},
                 "owner":"123456789012","logGroup":"/aws/lambda/checkout","logStream":"s/[1]"}
                """));
    assertThat(json(records.get(1)).path("message").textValue()).isEqualTo("\"second\"\n");
  }

  @Test
  void documents_may_follow_each_other_and_stand_beside_records() throws Exception {
    String record = "{\"service\":\"a\",\"timestamp\":\"2026-11-20T11:00:00Z\"}";
    read(
        bytes(
            record
                + document("/g/one", event("1", "m"))
                + document("two", event("2", "m"))
                + record));

    assertThat(rejections).isEmpty();
    assertThat(records).extracting(LogRecord::service).containsExactly("a", "one", "two", "a");
  }

  @Test
  void a_message_that_is_a_json_object_is_the_record_and_keeps_what_it_says() throws Exception {
    read(
        gzip(
            document(
                "/ecs/web",
                event(
                    "7",
                    "{\"app\":\"shop\",\"time\":\"2026-11-20T10:59:59.5Z\",\"logStream\":\"mine\",\"n\":1.0}"),
                event("8", " {} "),
                event("9", "{\"record_id\":\"own\"}"))));

    assertThat(rejections).isEmpty();
    assertThat(records).extracting(LogRecord::service).containsExactly("shop", "web", "web");
    assertThat(records).extracting(LogRecord::id).containsExactly("7", "8", "own");
    assertThat(records.get(0).time()).isEqualTo(Instant.parse("2026-11-20T10:59:59.5Z"));
    assertThat(records.get(1).time()).isEqualTo(Instant.ofEpochMilli(ELEVEN));
    assertThat(records.get(0).line().toString())
        .startsWith(
            "{\"app\":\"shop\",\"time\":\"2026-11-20T10:59:59.5Z\",\"logStream\":\"mine\",\"n\":1.0,")
        .contains("\"logGroup\":\"/ecs/web\"")
        .doesNotContain("s/[1]");
    json(records.get(0));
    json(records.get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"timestamp\":\"soon\"}",
        "{\"service\":\" \"}",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":1}}",
        "{a}",
        "[1]",
        "''",
      })
  void a_message_that_is_no_acceptable_object_is_text(String message) throws Exception {
    read(gzip(document("/ecs/web", event("7", message))));

    assertThat(rejections).isEmpty();
    assertThat(json(records.get(0)).path("message").asText()).isEqualTo(message);
    assertThat(records.get(0).service()).isEqualTo("web");
  }

  @ParameterizedTest
  @CsvSource({
    "/aws/lambda/checkout, checkout",
    "RDSOSMetrics, RDSOSMetrics",
    "/aws/apigateway/, apigateway",
    "API-Gateway-Execution-Logs_ab12/prod, prod",
    "/x/a#b c, a-b-c",
  })
  void the_service_is_the_last_part_of_the_log_group(String group, String service)
      throws Exception {
    read(gzip(document(group, event("1", "m"))));

    assertThat(records).extracting(LogRecord::service).containsExactly(service);
  }

  @Test
  void a_service_is_cut_to_what_is_allowed() throws Exception {
    read(gzip(document("/" + "x".repeat(500), event("1", "m"))));

    assertThat(records).extracting(LogRecord::service).containsExactly("x".repeat(200));
  }

  @Test
  void that_the_subscription_works_is_no_record() throws Exception {
    read(
        gzip(
            document("", event("", "CWL CONTROL MESSAGE: Checking health of destination"))
                .replace("DATA_MESSAGE", "CONTROL_MESSAGE")));

    assertThat(records).isEmpty();
    assertThat(rejections).isEmpty();
  }

  @Test
  void what_else_an_event_has_is_kept() throws Exception {
    String others = ",\"more\":{\"status\":\"5\\ud83d\", \"n\":[1e400]},\"é\":null}";
    read(
        gzip(
            document(
                "/g",
                event("1", "m").replaceFirst("}$", Matcher.quoteReplacement(others)),
                event("2", "{\"a\":1}").replaceFirst("}$", Matcher.quoteReplacement(others)))));

    assertThat(rejections).isEmpty();
    assertThat(records)
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.line().toString())
                    .contains(
                        ",\"extractedFields\":{\"a\":\"b\"},"
                            + "\"more\":{\"status\":\"5\\uFFFD\", \"n\":[1e400]},\"é\":null,"));
  }

  @Test
  void no_names_and_numbers_of_one_event_keep_another_out() throws Exception {
    for (String odd :
        List.of(
            AlikeNames.ofBytes(10),
            "\"n\":" + "9".repeat(2_000),
            "\"" + "n".repeat(100_000) + "\":0")) {
      records.clear();
      read(
          gzip(
              document(
                  "/g",
                  event("1", "{" + odd + ",\"a\":1}")
                      .replaceFirst("}$", ",\"more\":{" + odd + "}}"),
                  event("2", "m"))));

      assertThat(rejections).isEmpty();
      assertThat(records).extracting(LogRecord::id).containsExactly("1", "2");
      assertThat(records.get(0).line().toString()).startsWith("{" + odd + ",\"a\":1,");
    }
  }

  @Test
  void half_a_character_is_written_as_the_replacement() throws Exception {
    read(gzip(document("/g", event("1", "x")).replace("\"x\"", "\"\\ud83d x \\ud83d\\ude00\"")));

    assertThat(json(records.get(0)).path("message").asText()).isEqualTo("\uFFFD x \uD83D\uDE00");
  }

  @Test
  void what_is_not_as_it_should_be_is_rejected_as_it_came() throws Exception {
    String whole = document("/g", event("1", "m"), event("2", "m"));
    for (String wrong :
        List.of(
            whole.replace("DATA_MESSAGE", "OTHER"),
            whole.replace("\"logGroup\":\"/g\"", "\"logGroup\":7"),
            whole.replace("/g", ""),
            whole.replace("/g", "x".repeat(513)),
            whole.replace("\"logEvents\"", "\"events\""),
            whole.replaceFirst("\"timestamp\":\\d+", "\"timestamp\":\"soon\""),
            whole.replace("\"message\":\"m\"", "\"message\":null"),
            whole.replace("]}", "],}"),
            whole.replace("]}", ",7]}"))) {
      records.clear();
      rejected.clear();

      read(bytes(wrong));

      assertThat(records).as(wrong).isEmpty();
      assertThat(rejected).as(wrong).containsExactly(ByteSlice.utf8(wrong));
    }
  }

  /** Not even in its last bytes, where what a lead byte promises would lie behind its end. */
  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF})
  void what_is_not_utf8_is_no_document_and_is_rejected_as_it_came(int odd) throws Exception {
    String text = document("/g/a", event("1", "x").replace("\"b\"", "\"b@\""));
    for (String each : List.of(text, text.replace("/g/a", "/g/@"), text.replace("/g/a", "@/é"))) {
      byte[] document = each.getBytes(ISO_8859_1);
      document[each.indexOf('@')] = (byte) odd;
      records.clear();
      rejections.clear();
      rejected.clear();

      read(document);

      assertThat(records).isEmpty();
      assertThat(rejected).containsExactly(ByteSlice.of(document));
      assertThat(rejections).extracting(Rejection::reason).containsExactly(Reason.NOT_UTF_8);
    }
  }

  @Test
  void a_time_that_cannot_be_used_is_rejected_event_by_event() throws Exception {
    read(
        gzip(
            document("/g", event("1", "m").replace(Long.toString(ELEVEN), "-5"), event("2", "m"))));

    assertThat(records).extracting(LogRecord::id).containsExactly("2");
    assertThat(rejections).extracting(Rejection::reason).containsExactly(Reason.BEFORE_1970);
    assertThat(rejected.get(0).toString()).contains("\"record_id\":\"1\"");
  }

  @Test
  void what_all_events_repeat_is_bounded() throws Exception {
    String[] events = new String[60_000];
    Arrays.fill(events, event("1", ""));

    read(gzip(document("x".repeat(512), events)));

    assertThat(records).isEmpty();
    assertThat(rejections).extracting(Rejection::reason).containsExactly(Reason.TOO_LARGE);
  }

  private void read(byte[] data) throws InterruptedException {
    reader.read(
        ByteSlice.of(data),
        NOON,
        (key, hashKey) -> true,
        (index, bytes, result) -> {
          if (result instanceof LogRecord record) {
            records.add(record);
          } else if (result instanceof Rejection rejection) {
            rejections.add(rejection);
            rejected.add(bytes);
          }
        });
  }

  private static JsonNode json(LogRecord record) throws IOException {
    return JSON.readTree(record.line().toByteArray());
  }

  private static String document(String group, String... events) {
    return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"123456789012\",\"logGroup\":\"%s\",\"logStream\":\"s/[1]\",\"subscriptionFilters\":[\"f\"],\"logEvents\":[%s]}"
        .formatted(group, String.join(",", events));
  }

  private static String event(String id, String message) {
    try {
      return "{\"id\":\"%s\",\"timestamp\":%d,\"message\":%s,\"extractedFields\":{\"a\":\"b\"}}"
          .formatted(id, ELEVEN, JSON.writeValueAsString(message));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] gzip(String text) {
    return Packed.with(Compression.GZIP, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

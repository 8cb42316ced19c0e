package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.record.Records.ARRIVAL;
import static routes.record.Records.PARSER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;

class EnrichmentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'timestamp':1700000001,'service':'a','record_id':'r'} | {'timestamp':1700000001,'service':'a','record_id':'r'}",
        "{'timestamp':1700000001,'service':'a','ingest_id':'i'} | {'timestamp':1700000001,'service':'a','ingest_id':'i'}",
        "{'timestamp':1700000001,'service':'a','ingest_id':null} | {'timestamp':1700000001,'service':'a','ingest_id':null}",
        "{'timestamp':1700000001,'service':'a'}    | {'timestamp':1700000001,'service':'a','ingest_id':'id-1'}",
        "{'timestamp':1700000001,'service':'a'  }  | {'timestamp':1700000001,'service':'a'  ,'ingest_id':'id-1'}",
        "{'time':1700000001.50,'service':'a','record_id':'r'} | {'time':1700000001.50,'service':'a','record_id':'r','timestamp':1700000001.50}",
        "{'ts':'1700000001','app' : '\\u0061','record_id':1} | {'ts':'1700000001','app' : '\\u0061','record_id':1,'timestamp':'1700000001','service':'\\u0061'}",
        "{'timestamp':1700000001,'service':{'name':'a'},'record_id':1} | {'timestamp':1700000001,'service':{'name':'a'},'record_id':1}",
        "{'timestamp':1700000001,'service':'a','record_id':1,'severity':'WARN','log':'x'} | {'timestamp':1700000001,'service':'a','record_id':1,'severity':'WARN','log':'x','level':'WARN','message':'x'}",
        "{'timestamp':1700000001,'service':'a','record_id':1,'level':null,'severity':'WARN','log':{}} | {'timestamp':1700000001,'service':'a','record_id':1,'level':null,'severity':'WARN','log':{}}"
      })
  void what_is_missing_is_appended(String json, String line) {
    assertThat(enrich(json.replace('\'', '"'), null).line()).hasToString(line.replace('\'', '"'));
  }

  @Test
  void the_service_a_record_was_sent_for_stands_in() {
    LogRecord record = enrich("{\"timestamp\":1700000001,\"record_id\":\"r\"}", "a\"b");

    assertThat(record.service()).isEqualTo("a\"b");
    assertThat(record.line())
        .hasToString("{\"timestamp\":1700000001,\"record_id\":\"r\",\"service\":\"a\\\"b\"}");
    assertThat(PARSER.parse(record.line(), ARRIVAL)).isEqualTo(record);
  }

  @Test
  void the_records_own_service_goes_before_the_one_it_was_sent_for() {
    LogRecord record =
        enrich("{\"timestamp\":1700000001,\"record_id\":\"r\",\"app\":\"own\"}", "other");

    assertThat(record.service()).isEqualTo("own");
    assertThat(record.line())
        .hasToString(
            "{\"timestamp\":1700000001,\"record_id\":\"r\",\"app\":\"own\",\"service\":\"own\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "' '", "{'id':7}", "[]"})
  void where_service_holds_nothing_the_next_name_is_appended(String nothing) {
    String json = "{'timestamp':1700000001,'record_id':'r','service':%s}".formatted(nothing);

    LogRecord record = enrich(json.replace('\'', '"'), "a");

    assertThat(record.service()).isEqualTo("a");
    assertThat(record.line())
        .hasToString((json.replaceAll("}$", "") + ",'service.name':'a'}").replace('\'', '"'));
    assertThat(PARSER.parse(record.line(), ARRIVAL)).isEqualTo(record);
  }

  @Test
  void a_second_field_by_the_name_of_service_is_never_appended() {
    ByteSlice json = ByteSlice.utf8("{\"timestamp\":1700000001,\"service\":null}");
    RecordParser parser =
        new RecordParser(
            new FieldNames(
                List.of("timestamp"), List.of("service"), List.of("level"), List.of("message")),
            RecordLimits.DEFAULT,
            service -> null);

    assertThat(parser.parse(json, ARRIVAL, new Enrichment("a", () -> "id-1")))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.reason()).isEqualTo(Reason.NO_SERVICE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'app':7,'time':'12ms'                  | 'service':'x','timestamp':'2026-08-22T13:30:00Z'",
        "'app':7,'serviceName':'own','_time':'' | 'service':'own','timestamp':'2026-08-22T13:30:00Z'",
        "'date':0.5,'ts':1700000001             | 'service':'x','timestamp':1700000001",
        "'date':'2099-01-01T00:00:00Z'          | 'service':'x','timestamp':'2026-08-22T13:30:00Z'"
      })
  void of_what_is_mapped_the_first_that_can_serve_counts(String fields, String appended) {
    ParseResult result =
        PARSER.parse(
            ByteSlice.utf8("{'record_id':1,%s}".formatted(fields).replace('\'', '"')),
            ARRIVAL,
            new Enrichment("x", ARRIVAL, () -> "id-1"));

    assertThat(result)
        .isInstanceOfSatisfying(
            LogRecord.class,
            record -> {
              for (String field : appended.split(",", -1)) {
                assertThat(record.line().toString()).contains("," + field.replace('\'', '"'));
              }
              assertThat(PARSER.parse(record.line(), ARRIVAL)).isEqualTo(record);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "none    | 'status':200",
        "none    | 'status':'200'",
        "none    | 'status':'paid'",
        "'WARN'  | 'status':200,'levelname':'WARN'",
        "'Error' | 'status':'Error'",
        "'INFO'  | 'log.level':'INFO'",
        "'INFO'  | 'log.level':'INFO','log':'a line'",
        "'INFO'  | 'log':{'level':'INFO','logger':'a'}",
        "'WARN'  | 'severity':'','severity_text':'WARN'",
        "3       | 'PRIORITY':3",
        "'Fatal' | '@l':'Fatal'"
      })
  void the_level_is_what_says_so(String level, String fields) {
    String line =
        enrich(
                ("{'timestamp':1700000001,'service':'a','record_id':1," + fields + "}")
                    .replace('\'', '"'),
                null)
            .line()
            .toString();

    assertThat(Records.read(ByteSlice.utf8(line)).path("level").toString())
        .isEqualTo(level == null ? "" : level.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // ECS, pino, GELF, Serilog, .NET, zap, journald, logstash, Python, Google Cloud, tracing
        "{'@timestamp':'2026-08-22T13:05:09Z','log.level':'ERROR','message':'m','service.name':'s'}",
        "{'@timestamp':'2026-08-22T13:05:09Z','log':{'level':'ERROR'},'message':'m','service':{'name':'s'}}",
        "{'level':50,'time':1787403909000,'msg':'m','name':'s','app':'s'}",
        "{'version':'1.1','host':'h','short_message':'m','timestamp':1787403909.0,'level':3,'_service':'s'}",
        "{'@t':'2026-08-22T13:05:09.0000000Z','@m':'m','@l':'Error','app':'s'}",
        "{'Timestamp':'2026-08-22T13:05:09Z','LogLevel':'Error','Message':'m','serviceName':'s'}",
        "{'level':'error','ts':1787403909.0000,'msg':'m','app':'s'}",
        "{'__REALTIME_TIMESTAMP':'1787403909000000','PRIORITY':'3','MESSAGE':'m','SYSLOG_IDENTIFIER':'s'}",
        "{'@timestamp':'2026-08-22T13:05:09.000Z','level':'ERROR','level_value':40000,'message':'m','app':'s'}",
        "{'asctime':'2026-08-22 13:05:09,000','levelname':'ERROR','message':'m','app':'s'}",
        "{'time':'2026-08-22T13:05:09Z','severity':'ERROR','textPayload':'m','app':'s'}",
        "{'timestamp':'2026-08-22T13:05:09.000000Z','level':'ERROR','fields':{'message':'m'},'app':'s'}"
      })
  void records_of_the_usual_loggers_are_understood(String json) {
    LogRecord record = enrich(json.replace('\'', '"'), null);

    assertThat(record.service()).isEqualTo("s");
    assertThat(record.time()).isEqualTo("2026-08-22T13:05:09Z");
    assertThat(record.line().toString())
        .startsWith(json.replace('\'', '"').substring(0, json.length() - 1));
    assertThat(Records.read(record.line()).path("message").asText()).isEqualTo("m");
    assertThat(Records.read(record.line()).path("level").isMissingNode()).isFalse();
  }

  @Test
  void without_any_field_no_comma_goes_before_the_first() {
    AddedFields added = new AddedFields(ByteSlice.utf8("{ }"), true);
    added.add("level", ByteSlice.utf8("1"));
    added.add("message", ByteSlice.utf8("\"m\""));

    assertThat(added.line()).hasToString("{ \"level\":1,\"message\":\"m\"}");
  }

  @Test
  void a_record_that_grows_too_large_is_rejected() {
    ByteSlice json = ByteSlice.utf8("{\"timestamp\":1700000001,\"service\":\"a\"}");
    RecordParser parser =
        new RecordParser(
            FieldNames.DEFAULT,
            new RecordLimits(json.length() + 10, 5, Duration.ZERO),
            service -> null);

    assertThat(parser.parse(json, ARRIVAL)).isInstanceOf(LogRecord.class);
    assertThat(parser.parse(json, ARRIVAL, Records.enrichment()))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Property
  void every_byte_that_came_stays_and_what_is_appended_reads_back(
      @ForAll("acceptable") String json) {
    LogRecord enriched = enrich(json, null);
    String oneLine = json.replaceAll("[\r\n]", "");
    ObjectNode came = (ObjectNode) Records.read(json.getBytes(StandardCharsets.UTF_8));
    ObjectNode stored = (ObjectNode) Records.read(enriched.line());

    assertThat(enriched.line().toString())
        .startsWith(oneLine.substring(0, oneLine.length() - 1))
        .doesNotContain("\n", "\r");
    assertThat(enriched.id() != null || came.has("ingest_id")).isTrue();
    assertThat(stored.deepCopy().retain(came.properties().stream().map(e -> e.getKey()).toList()))
        .isEqualTo(came);
    assertThat(stored.deepCopy().remove(came.properties().stream().map(e -> e.getKey()).toList()))
        .allSatisfy(appended -> assertThat(appended.isValueNode()).isTrue());
  }

  @Property
  void completed_once_a_record_is_complete_and_parses_to_itself(@ForAll("acceptable") String json) {
    LogRecord enriched = enrich(json, null);

    assertThat(PARSER.parse(enriched.line(), ARRIVAL)).isEqualTo(enriched);
    assertThat(PARSER.parse(enriched.line(), ARRIVAL, new Enrichment("b", () -> "id-2")))
        .isEqualTo(enriched);
  }

  private static LogRecord enrich(String json, String service) {
    ParseResult result =
        PARSER.parse(ByteSlice.utf8(json), ARRIVAL, new Enrichment(service, () -> "id-1"));
    assertThat(result).isInstanceOf(LogRecord.class);
    return (LogRecord) result;
  }

  @Provide
  Arbitrary<String> acceptable() {
    return Records.acceptable();
  }
}

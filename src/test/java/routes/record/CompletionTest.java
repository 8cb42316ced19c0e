package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.record.Records.ARRIVAL;
import static routes.record.Records.PARSER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'timestamp':1,'service':'a','record_id':'r'} | {'timestamp':1,'service':'a','record_id':'r'}",
        "{'timestamp':1,'service':'a','ingest_id':'i'} | {'timestamp':1,'service':'a','ingest_id':'i'}",
        "{'timestamp':1,'service':'a','ingest_id':null} | {'timestamp':1,'service':'a','ingest_id':null}",
        "{'timestamp':1,'service':'a'}    | {'timestamp':1,'service':'a','ingest_id':'id-1'}",
        "{'timestamp':1,'service':'a'  }  | {'timestamp':1,'service':'a'  ,'ingest_id':'id-1'}",
        "{'time':1.50,'service':'a','record_id':'r'} | {'time':1.50,'service':'a','record_id':'r','timestamp':1.50}",
        "{'ts':'1','app' : '\\u0061','record_id':1} | {'ts':'1','app' : '\\u0061','record_id':1,'timestamp':'1','service':'\\u0061'}",
        "{'timestamp':1,'service':{'name':'a'},'record_id':1} | {'timestamp':1,'service':{'name':'a'},'record_id':1}",
        "{'timestamp':1,'service':'a','record_id':1,'severity':'WARN','log':'x'} | {'timestamp':1,'service':'a','record_id':1,'severity':'WARN','log':'x','level':'WARN','message':'x'}",
        "{'timestamp':1,'service':'a','record_id':1,'level':null,'severity':'WARN','log':{}} | {'timestamp':1,'service':'a','record_id':1,'level':null,'severity':'WARN','log':{}}"
      })
  void what_is_missing_is_appended(String json, String line) {
    assertThat(complete(json.replace('\'', '"'), null).line()).hasToString(line.replace('\'', '"'));
  }

  @Test
  void the_service_a_record_was_sent_for_stands_in() {
    LogRecord record = complete("{\"timestamp\":1,\"record_id\":\"r\"}", "a\"b");

    assertThat(record.service()).isEqualTo("a\"b");
    assertThat(record.line())
        .hasToString("{\"timestamp\":1,\"record_id\":\"r\",\"service\":\"a\\\"b\"}");
    assertThat(PARSER.parse(record.line(), ARRIVAL)).isEqualTo(record);
  }

  @Test
  void the_records_own_service_goes_before_the_one_it_was_sent_for() {
    LogRecord record = complete("{\"timestamp\":1,\"record_id\":\"r\",\"app\":\"own\"}", "other");

    assertThat(record.service()).isEqualTo("own");
    assertThat(record.line())
        .hasToString("{\"timestamp\":1,\"record_id\":\"r\",\"app\":\"own\",\"service\":\"own\"}");
  }

  @Test
  void a_second_field_by_the_name_of_service_is_never_appended() {
    ByteSlice json = ByteSlice.utf8("{\"timestamp\":1,\"service\":null}");

    assertThat(PARSER.parse(json, ARRIVAL, new Completion("a", () -> "id-1")))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.reason()).isEqualTo(Reason.NO_SERVICE));
  }

  @Test
  void without_any_field_no_comma_goes_before_the_first() {
    Appendix appendix = new Appendix(ByteSlice.utf8("{ }"), true);
    appendix.add(Field.LEVEL, ByteSlice.utf8("1"));
    appendix.add(Field.MESSAGE, ByteSlice.utf8("\"m\""));

    assertThat(appendix.line()).hasToString("{ \"level\":1,\"message\":\"m\"}");
  }

  @Test
  void a_record_that_grows_too_large_is_rejected() {
    ByteSlice json = ByteSlice.utf8("{\"timestamp\":1,\"service\":\"a\"}");
    RecordParser parser =
        new RecordParser(
            FieldNames.DEFAULT,
            new RecordLimits(json.length() + 10, 5, Duration.ZERO),
            service -> null);

    assertThat(parser.parse(json, ARRIVAL)).isInstanceOf(LogRecord.class);
    assertThat(parser.parse(json, ARRIVAL, Records.completion()))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> assertThat(rejection.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Property
  void every_byte_that_came_stays_and_what_is_appended_reads_back(
      @ForAll("acceptable") String json) {
    LogRecord completed = complete(json, null);
    String oneLine = json.replaceAll("[\r\n]", "");
    ObjectNode came = (ObjectNode) Records.read(json.getBytes(StandardCharsets.UTF_8));
    ObjectNode stored = (ObjectNode) Records.read(completed.line());

    assertThat(completed.line().toString())
        .startsWith(oneLine.substring(0, oneLine.length() - 1))
        .doesNotContain("\n", "\r");
    assertThat(completed.id() != null || came.has("ingest_id")).isTrue();
    assertThat(stored.deepCopy().retain(came.properties().stream().map(e -> e.getKey()).toList()))
        .isEqualTo(came);
    assertThat(stored.deepCopy().remove(came.properties().stream().map(e -> e.getKey()).toList()))
        .allSatisfy(appended -> assertThat(appended.isValueNode()).isTrue());
  }

  @Property
  void completed_once_a_record_is_complete_and_parses_to_itself(@ForAll("acceptable") String json) {
    LogRecord completed = complete(json, null);

    assertThat(PARSER.parse(completed.line(), ARRIVAL)).isEqualTo(completed);
    assertThat(PARSER.parse(completed.line(), ARRIVAL, new Completion("b", () -> "id-2")))
        .isEqualTo(completed);
  }

  private static LogRecord complete(String json, String service) {
    ParseResult result =
        PARSER.parse(ByteSlice.utf8(json), ARRIVAL, new Completion(service, () -> "id-1"));
    assertThat(result).isInstanceOf(LogRecord.class);
    return (LogRecord) result;
  }

  @Provide
  Arbitrary<String> acceptable() {
    return Records.acceptable();
  }
}

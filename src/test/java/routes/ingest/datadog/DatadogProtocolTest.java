package routes.ingest.datadog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.RecordLimits;
import routes.record.RecordParser;

/** What becomes of what is sent to Datadog's intake. */
class DatadogProtocolTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:00.5Z");
  private static final String ARRIVED = "'timestamp':'2026-11-20T09:00:00.500Z'";

  private final RecordParser parser =
      new RecordParser(FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection);
  private final DatadogProtocol logs =
      new DatadogProtocol(parser, Clock.fixed(ARRIVAL, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'timestamp':1795000000123,'service':'s'}  | {'timestamp':1795000000123,'service':'s'}",
        "{'timestamp':'10:00:00','service':'s'}     | {'event.timestamp':'10:00:00','service':'s',"
            + ARRIVED
            + "}",
        "{'timestamp':0,'date':1795000000123,'service':'s'} | {'event.timestamp':0,'date':1795000000123,'service':'s','timestamp':1795000000123}",
        "{'timestamp':1795000000,'service':7}       | {'timestamp':1795000000,'event.service':7,'service':'q'}",
        "{'timestamp':1795000000,'app':7}           | {'timestamp':1795000000,'app':7,'service':'q'}",
        "{'service':'s','status':'ok'}              | {'service':'s','status':'ok','level':'ok',"
            + ARRIVED
            + "}",
        "{'service':'s','status':3}                 | {'service':'s','status':3,'level':3,"
            + ARRIVED
            + "}",
        "{'service':'s','status':200}               | {'service':'s','status':200," + ARRIVED + "}",
        "{'service':'s','status':'x','level':'WARN'} | {'service':'s','status':'x','level':'WARN',"
            + ARRIVED
            + "}"
      })
  void a_log_becomes_a_record(String log, String record) {
    Intake intake = read(log.replace('\'', '"'));

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.accepted())
        .singleElement()
        .satisfies(
            accepted -> {
              assertThat(accepted.line().toString().replaceFirst(",\"ingest_id\":\"[^\"]+\"", ""))
                  .isEqualTo(record.replace('\'', '"'));
              assertThat(parser.parse(accepted.line(), ARRIVAL)).isEqualTo(accepted);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "[{}]", " { } ", "\uFEFF{}", "[{},{}]"})
  void a_clients_check_stores_nothing(String body) {
    Intake intake = read(body);

    assertThat(intake.accepted()).isEmpty();
    assertThat(intake.rejected()).isEmpty();
  }

  @Test
  void what_is_no_text_is_replaced() {
    byte[] body = "\uFEFF[{\"\\ud83da\":\"cut \\ud83d\",\"b\":\"?\"}]".getBytes(UTF_8);
    body[body.length - 4] = (byte) 0xE9;

    assertThat(
            logs.read(Requests.body(body), Requests.head("/api/v2/logs", null, null, null))
                .intake()
                .accepted())
        .singleElement()
        .asString()
        .contains("{\"\uFFFDa\":\"cut \uFFFD\",\"b\":\"\uFFFD\",");
  }

  @Test
  void a_source_that_cannot_be_a_service_is_passed_over() {
    String log = "{\"message\":\"m\",\"ddsource\":\"%s\"}".formatted("x".repeat(201));

    assertThat(
            logs.read(
                    Requests.body(log.getBytes(UTF_8)),
                    Requests.head("/api/v2/logs", null, null, null))
                .intake()
                .accepted())
        .extracting(record -> record.service())
        .containsExactly("unknown_service");
  }

  private Intake read(String body) {
    return logs.read(
            Requests.body(body.getBytes(UTF_8)),
            Requests.head("/api/v2/logs", null, "service=q", null))
        .intake();
  }
}

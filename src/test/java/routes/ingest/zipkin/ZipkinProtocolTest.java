package routes.ingest.zipkin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.http.MalformedBodyException;
import routes.ingest.InvalidRecordsException;
import routes.ingest.Received;
import routes.ingest.Requests;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.Intake;
import routes.record.LogRecord;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Signal;

/** What becomes of Zipkin's spans, field by field. */
class ZipkinProtocolTest {

  private static final String IDS = "'traceId':'5af7183fb1d4cf5f','id':'352bff9a74ca9ad2'";

  private final ZipkinProtocol spans =
      new ZipkinProtocol(
          new RecordParser(
              Signal.TRACES, FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection),
          Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC));

  @Test
  void every_field_of_a_span_is_kept() {
    String span =
        """
        [{'traceId':'5AF7183FB1D4CF5F','parentId':'6b221d5bc9e6496c','id':'352bff9a74ca9ad2','kind':'CLIENT',
          'name':'get /api','timestamp':1795000000123456,'duration':1431,
          'localEndpoint':{'serviceName':'backend','ipv4':'192.168.99.1','port':3306},
          'remoteEndpoint':{'serviceName':'db','ipv6':'::1','port':5432},
          'annotations':[{'timestamp':1795000000123457,'value':'ws'}],
          'tags':{'http.method':'GET','error':'No rows','peer.service':'own'},'debug':true,'shared':false}]
        """;

    assertThat(lines(read(span)))
        .containsExactly(
            "{\"timestamp\":\"2026-11-18T11:06:40.123456Z\",\"service\":\"backend\""
                + ",\"name\":\"get /api\",\"trace_id\":\"00000000000000005af7183fb1d4cf5f\""
                + ",\"span_id\":\"352bff9a74ca9ad2\",\"parent_span_id\":\"6b221d5bc9e6496c\""
                + ",\"kind\":\"CLIENT\",\"end_timestamp\":\"2026-11-18T11:06:40.124887Z\""
                + ",\"duration_nanos\":1431000,\"status_code\":\"ERROR\""
                + ",\"status_message\":\"No rows\",\"attributes\":{\"http.method\":\"GET\""
                + ",\"error\":\"No rows\",\"peer.service\":\"own\""
                + ",\"network.local.address\":\"192.168.99.1\",\"network.local.port\":3306"
                + ",\"network.peer.address\":\"::1\",\"network.peer.port\":5432}"
                + ",\"events\":[{\"timestamp\":\"2026-11-18T11:06:40.123457Z\",\"name\":\"ws\"}]"
                + ",\"debug\":true,\"shared\":false}");
  }

  @Test
  void what_has_no_field_of_its_own_is_kept_as_it_came() {
    String span =
        """
        [{%s,'localEndpoint':{'ipv4':'1.2.3.4','ipv6':'::1'},'remoteEndpoint':'db','tags':['t'],
          'annotations':[{'value':'ws'},'text'],'binaryAnnotations':[{'key':'k'}],'kind':null}]
        """
            .formatted(IDS);

    assertThat(lines(read(span)))
        .singleElement()
        .asString()
        .contains(
            "\"attributes\":{\"network.local.address\":\"1.2.3.4\"},\"events\":[{\"name\":\"ws\"}]",
            "\"zipkin\":{\"localEndpoint\":{\"ipv4\":\"1.2.3.4\",\"ipv6\":\"::1\"}"
                + ",\"remoteEndpoint\":\"db\",\"tags\":[\"t\"]"
                + ",\"annotations\":[{\"value\":\"ws\"},\"text\"]"
                + ",\"binaryAnnotations\":[{\"key\":\"k\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'timestamp':0", ",'timestamp':null"})
  void a_span_whose_time_nobody_knows_has_that_of_its_arrival(String time) {
    assertThat(lines(read("[{" + IDS + ",'duration':1500" + time + "}]")))
        .singleElement()
        .asString()
        .contains("\"timestamp\":\"2026-11-20T09:00:00Z\"", "\"duration_nanos\":1500000")
        .doesNotContain("end_timestamp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "' '", "null"})
  void an_empty_service_is_none(String service) {
    assertThat(
            read("[{" + IDS + ",'localEndpoint':{'serviceName':" + service + "}}]")
                .intake()
                .accepted())
        .extracting(LogRecord::service)
        .containsExactly("unknown_service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "'__HIVE_DEFAULT_PARTITION__'", "{'name':'a'}", "['a']"})
  void a_service_that_cannot_be_one_is_kept_beside(String service) {
    Intake intake =
        read("[{" + IDS + ",'localEndpoint':{'serviceName':" + service + "}}]").intake();

    assertThat(intake.rejected()).isEmpty();
    assertThat(intake.accepted())
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.service()).isEqualTo("unknown_service");
              assertThat(span.line().toString())
                  .contains(
                      "\"zipkin\":{\"localEndpoint\":{\"serviceName\":"
                          + service.replace('\'', '"')
                          + "}}");
            });
  }

  @Test
  void a_byte_order_mark_is_passed_over_and_half_a_surrogate_pair_replaced() {
    Received received =
        read("\ufeff[{" + IDS + ",'name':'a\\ud83d','tags':{'k\\ude00':'\\ud83d\\ude00'}}]");

    assertThat(lines(received))
        .singleElement()
        .asString()
        .contains("\"name\":\"a\ufffd\"", "\"k\ufffd\":\"\\uD83D\\uDE00\"");
  }

  @Test
  void a_span_may_have_no_more_than_its_ids() {
    Received received = read("[{" + IDS + ",'parentId':'0000000000000000'}]");

    assertThat(lines(received))
        .singleElement()
        .asString()
        .startsWith(
            "{\"trace_id\":\"00000000000000005af7183fb1d4cf5f\",\"span_id\":\"352bff9a74ca9ad2\""
                + ",\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"unknown_service\"");
    assertThat(received.answer().get().status()).isEqualTo(202);
  }

  @Test
  void halves_and_parts_of_one_span_are_no_copies_and_a_span_sent_again_is() {
    String times = ",'timestamp':1795000000123456,'duration':1";
    String client = "{" + IDS + times + ",'kind':'CLIENT'}";
    String server = "{" + IDS + times + ",'kind':'SERVER','shared':true}";
    String part = "{" + IDS + ",'timestamp':1795000000123456}";
    String body = "[%s,%s,%s]".formatted(client, server, part);

    List<LogRecord> first = read(body).intake().accepted();

    assertThat(first).extracting(LogRecord::id).hasSize(3).doesNotHaveDuplicates();
    assertThat(read(body).intake().accepted()).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | bad-trace-id",
        "[] | not-an-object",
        "7 | not-an-object",
        "{'traceId':'x','id':'352bff9a74ca9ad2'} | bad-trace-id",
        "{'traceId':'5af7183fb1d4cf5f'} | bad-span-id",
        "{'traceId':'0','id':'1'} | bad-trace-id",
        "{'traceId':'1','id':'1','timestamp':'soon'} | bad-timestamp",
        "{'traceId':'1','id':'1','timestamp':1795000000123456,'duration':-1} | ends-before-start",
        "{'traceId':'1','id':'1','timestamp':1795000000123456,'duration':'x'} | bad-timestamp",
        "{'traceId':'1','id':'1','timestamp':1795000000123456,'duration':9223372036854775807} | bad-timestamp",
        "{'traceId':'1','id':'1','timestamp':1.5} | bad-timestamp",
        "{'traceId':'1','id':'1','duration':-1} | bad-timestamp",
        "{'traceId':'1','id':'1','timestamp':-1} | before-1970"
      })
  void bad_spans_are_rejected_and_their_neighbours_taken(String span, String reason) {
    Received received = read("[{" + IDS + "}," + span + "]");
    Intake intake = received.intake();

    assertThat(intake.accepted()).hasSize(1);
    assertThat(intake.rejected())
        .extracting(record -> record.rejection().reason().code())
        .containsExactly(reason);
    assertThatExceptionOfType(InvalidRecordsException.class)
        .isThrownBy(() -> received.answer().get())
        .withMessageStartingWith("1 spans were taken, 1 were not, the first of them at 1: ");
  }

  @Test
  void what_is_no_json_is_malformed() {
    assertThatExceptionOfType(MalformedBodyException.class).isThrownBy(() -> read("[{"));
  }

  private Received read(String json) {
    return spans.read(
        Requests.body(json.replace('\'', '"').getBytes(UTF_8)),
        Requests.head("/api/v2/spans", null, null, null));
  }

  private static List<String> lines(Received received) {
    Intake intake = received.intake();
    assertThat(intake.rejected()).isEmpty();
    return intake.accepted().stream().map(record -> record.line().toString()).toList();
  }
}

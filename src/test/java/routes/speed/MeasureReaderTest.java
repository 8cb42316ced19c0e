package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.partition.PartitionValue;
import routes.record.FieldNames;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.RecordLimits;
import routes.record.RecordParser;
import routes.signal.Signal;

/** Of whatever is accepted something is counted, or its shard would stand still for good. */
class MeasureReaderTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:01Z");
  private static final String IDS =
      "\"name\":\"GET /\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span_id\":\"00f067aa0ba902b7\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"level\":99999999999",
        "\"level\":-99999999999999999999999999",
        "\"level\":1e5",
        "\"level\":{\"level\":\"INFO\"}",
        "\"level\":[]",
        "\"level\":null",
        "\"trace_id\":{}",
        "\"trace_id\":17",
        "\"duration_ms\":1e99999999999",
        "\"duration_ms\":\"soon\"",
        "\"duration_ms\":[1]",
        "\"duration_ms\":-1"
      })
  void any_log(String field) {
    Measure measure = read(Signal.LOGS, field);

    assertThat(measure.series()).isEqualTo(MeasureReader.NONE);
    assertThat(measure.value()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"end_timestamp\":\"9999-12-31T23:59:59Z\"",
        "\"end_timestamp\":1795165201,\"duration_nanos\":1e999",
        "\"kind\":{},\"status_code\":[],\"duration_nanos\":null",
        "\"kind\":null,\"status_code\":null"
      })
  void any_span(String fields) {
    assertThat(read(Signal.TRACES, IDS + "," + fields).trace()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"value\":1e99999999999",
        "\"value\":\"NaN\"",
        "\"value\":1,\"attributes\":{\"a\":1e99999999999}",
        "\"value\":1,\"attributes\":{\"a\":[-1E-99999999999,0.1e+5]}",
        "\"value\":1,\"attributes\":\"none\"",
        "\"value\":1,\"attributes\":null"
      })
  void any_point(String fields) {
    assertThat(read(Signal.METRICS, "\"name\":\"m\"," + fields).series()).startsWith("m");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 60_000, 400_000})
  void whatever_is_long(int length) {
    String digits = "9".repeat(length);
    String deep = "[".repeat(90) + "]".repeat(90);

    assertThat(read(Signal.LOGS, "\"" + "n".repeat(length) + "\":1").series())
        .isEqualTo(MeasureReader.NONE);
    assertThat(read(Signal.LOGS, "\"level\":" + digits).series()).isEqualTo(MeasureReader.NONE);
    assertThat(read(Signal.LOGS, "\"duration_ms\":" + digits).value()).isNull();
    assertThat(
            read(
                    Signal.METRICS,
                    "\"name\":\"m\",\"value\":1,\"attributes\":{\"a\":%s,\"b\":%s,\"%s\":0.%s}"
                        .formatted(digits, deep, "k".repeat(length / 2), digits))
                .series())
        .startsWith("m{");
  }

  @Test
  void a_span_may_take_longer_than_a_long_counts_nanoseconds() {
    assertThat(read(Signal.TRACES, IDS + ",\"end_timestamp\":\"9999-12-31T23:59:59Z\"").value())
        .isBetween(2.51e14, 2.52e14);
  }

  private static Measure read(Signal signal, String fields) {
    return new MeasureReader()
        .read(
            record(
                signal,
                "{\"timestamp\":\"2026-11-20T09:00:00Z\",\"service\":\"web\",%s}"
                    .formatted(fields)));
  }

  private static LogRecord record(Signal signal, String json) {
    ParseResult result =
        new RecordParser(
                signal, FieldNames.DEFAULT, RecordLimits.DEFAULT, PartitionValue::objection)
            .parse(ByteSlice.utf8(json), ARRIVAL);
    assertThat(result).isInstanceOf(LogRecord.class);
    return (LogRecord) result;
  }
}

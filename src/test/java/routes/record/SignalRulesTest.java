package routes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.signal.Signal;

/** What data points and spans must hold, however they come. */
class SignalRulesTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T09:00:00Z");
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final String SPAN = "eee19b7ec3c1b174";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'value':1",
        "'value':-1.5e300",
        "'value':18446744073709551615",
        "'value':'NaN'",
        "'value':'Infinity'",
        "'value':'-Infinity'",
        "'flags':1",
        "'count':0",
        "'count':3,'sum':1.5",
        "'count':3,'bucket_counts':[1,2],'explicit_bounds':[0.5]",
        "'count':3,'bucket_counts':[ 1 , 2 , 0 ],'explicit_bounds':[ -1 , 1e3 ]",
        "'count':3,'bucket_counts':[],'explicit_bounds':[]",
        "'count':3,'bucket_counts':[3]",
        "'count':7,'zero_count':1,'positive':{'offset':-3,'bucket_counts':[1,2]},'negative':{'bucket_counts':[3]}",
        "'count':3,'sum':'NaN','zero_count':0,'positive':{'offset':0,'bucket_counts':[2]}",
        "'count':1e308,'bucket_counts':[1e308]",
        "'count':2.5,'zero_count':0.1,'positive':{'offset':0,'bucket_counts':[2.3]}",
        "'value':1,'status':'odd','level':{},'message':[]"
      })
  void points_are_accepted(String fields) {
    LogRecord point = accepted(Signal.METRICS, "'name':'m'," + fields);

    assertThat(point.signal()).isEqualTo(Signal.METRICS);
    assertThat(point.id()).isNull();
  }

  @ParameterizedTest
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  @CsvSource(
      delimiter = '|',
      value = {
        "'value':1 | no-name",
        "'name':'','value':1 | no-name",
        "'name':7,'value':1 | no-name",
        "'name':'m' | bad-value",
        "'name':'m','flags':2 | bad-value",
        "'name':'m','value':null | bad-value",
        "'name':'m','value':'1' | bad-value",
        "'name':'m','value':'nan' | bad-value",
        "'name':'m','value':true | bad-value",
        "'name':'m','value':[1] | bad-value",
        "'name':'m','count':'3' | bad-histogram",
        "'name':'m','count':-1 | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[1,1],'explicit_bounds':[1] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[1,3],'explicit_bounds':[1] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[1,2],'explicit_bounds':[1,2] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[1,2] | bad-histogram",
        "'name':'m','count':3,'explicit_bounds':[1] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[1,1,1],'explicit_bounds':[2,2] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':['3'] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[[3]] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':{'a':[3]} | bad-histogram",
        "'name':'m','count':3,'bucket_counts':['a]',3] | bad-histogram",
        "'name':'m','count':3,'bucket_counts':[4,-1],'explicit_bounds':[1] | bad-histogram",
        "'name':'m','count':1e99999999,'bucket_counts':[1] | bad-histogram",
        "'name':'m','count':1e400000000,'bucket_counts':[1e400000000] | bad-histogram",
        "'name':'m','count':1,'bucket_counts':[1,1e2147483647],'explicit_bounds':[0] | bad-histogram",
        "'name':'m','count':1,'zero_count':1e-400000000,'positive':{'bucket_counts':[1e310]} | bad-histogram",
        "'name':'m','count':3,'zero_count':1,'positive':{'bucket_counts':[1]} | bad-histogram",
        "'name':'m','count':3,'sum':'NaN','zero_count':4 | bad-histogram"
      })
  void points_are_rejected(String fields, String reason) {
    assertThat(rejected(Signal.METRICS, fields)).isEqualTo(reason);
  }

  @Test
  void a_span_is_known_by_its_ids_and_its_kind() {
    String ids = "'trace_id':'%s','span_id':'%s'".formatted(TRACE, SPAN);
    String end = ",'end_timestamp':'2026-11-20T08:00:00Z'";

    assertThat(accepted(Signal.TRACES, ids + end).id()).isEqualTo(TRACE + "-" + SPAN);
    assertThat(accepted(Signal.TRACES, ids + end + ",'kind':'SERVER'").id())
        .isEqualTo(TRACE + "-" + SPAN + "-SERVER");
    assertThat(accepted(Signal.TRACES, ids + end + ",'record_id':'own'").id()).isEqualTo("own");
    assertThat(accepted(Signal.TRACES, ids + ",'status':'OK'").id())
        .as("one that may be told of again")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'span_id':'eee19b7ec3c1b174' | bad-trace-id",
        "'trace_id':7,'span_id':'eee19b7ec3c1b174' | bad-trace-id",
        "'trace_id':'5b8efff798038103','span_id':'eee19b7ec3c1b174' | bad-trace-id",
        "'trace_id':'00000000000000000000000000000000','span_id':'eee19b7ec3c1b174' | bad-trace-id",
        "'trace_id':'5b8efff798038103d269b633813fc60g','span_id':'eee19b7ec3c1b174' | bad-trace-id",
        "'trace_id':'5b8efff798038103d269b633813fc60c' | bad-span-id",
        "'trace_id':'5b8efff798038103d269b633813fc60c','span_id':'0000000000000000' | bad-span-id"
      })
  void spans_without_ids_are_rejected(String fields, String reason) {
    assertThat(rejected(Signal.TRACES, fields)).isEqualTo(reason);
  }

  @Test
  void a_span_does_not_end_before_it_begins() {
    String span = "'trace_id':'%s','span_id':'%s','end_timestamp':".formatted(TRACE, SPAN);

    assertThat(rejected(Signal.TRACES, span + "'2026-11-20T07:59:59.999999999Z'"))
        .isEqualTo("ends-before-start");
    assertThat(rejected(Signal.TRACES, span + "'soon'")).isEqualTo("bad-timestamp");
  }

  @Test
  void logs_may_hold_what_is_wrong_elsewhere() {
    assertThat(accepted(Signal.LOGS, "'trace_id':'0','value':[],'count':-1").id()).isNull();
  }

  private static LogRecord accepted(Signal signal, String fields) {
    ParseResult result = parse(signal, fields);
    assertThat(result).isInstanceOf(LogRecord.class);
    return (LogRecord) result;
  }

  private static String rejected(Signal signal, String fields) {
    ParseResult result = parse(signal, fields);
    assertThat(result).isInstanceOf(Rejection.class);
    return ((Rejection) result).reason().code();
  }

  private static ParseResult parse(Signal signal, String fields) {
    String json = "{'timestamp':'2026-11-20T08:00:00Z','service':'s'," + fields + "}";
    return new RecordParser(signal, FieldNames.DEFAULT, RecordLimits.DEFAULT, service -> null)
        .parse(ByteSlice.utf8(json.replace('\'', '"')), ARRIVAL);
  }
}

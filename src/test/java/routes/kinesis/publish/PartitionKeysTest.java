package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.signal.Signals;

class PartitionKeysTest {

  private static final Signals SIGNALS = Signals.logsOnly("logs", "lake");

  private final PartitionKeys keys = new PartitionKeys(Map.of(), SIGNALS);

  @Test
  void records_get_their_service_as_the_key_and_stay_in_order() {
    assertThat(
            assigned(List.of(record("b", "1", "x"), record("a", "2", "y"), record("b", "3", "z"))))
        .containsExactly("b[x]", "a[y]", "b[z]");
  }

  @Test
  void takes_only_the_bytes_of_the_record_from_a_shared_array() {
    byte[] body = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
    LogRecord second = new LogRecord(new ByteSlice(body, 4, 3), "s", Instant.EPOCH, null);

    assertThat(assigned(List.of(second))).containsExactly("s[two]");
  }

  @Test
  void a_long_body_comes_in_parts_that_hold_all_of_it() {
    List<LogRecord> records = Collections.nCopies(11, record("s", "id", "x".repeat(100 << 10)));

    assertThat(keys.assign(records, new HashMap<>()).parts(1_000))
        .extracting(List::size)
        .containsExactly(4, 4, 3);
  }

  @Test
  void many_small_records_come_in_parts_too() {
    List<LogRecord> records = Collections.nCopies(2_500, record("s", "id", "x"));

    assertThat(keys.assign(records, new HashMap<>()).parts(1_000))
        .extracting(List::size)
        .containsExactly(1_000, 1_000, 500);
  }

  @Test
  void says_of_which_signal_they_are() {
    Map<String, Object> headers = new HashMap<>();

    KeyedRecords unused = keys.assign(List.of(record("s", "id", "{}")), headers);

    assertThat(headers).containsExactly(Map.entry("signal", "logs"));
  }

  @Test
  void records_of_two_signals_are_not_taken_together() {
    LogRecord span = new LogRecord(Signal.TRACES, ByteSlice.utf8("{}"), "s", Instant.EPOCH, "span");

    assertThatThrownBy(() -> assigned(List.of(record("s", "id", "{}"), span)))
        .hasMessageContaining("traces");
  }

  @Test
  void spreads_a_busy_service_over_several_keys() {
    PartitionKeys spread = new PartitionKeys(Map.of("checkout", 4, "search", 2), SIGNALS);

    Map<String, Long> counts =
        IntStream.range(0, 4000)
            .mapToObj(i -> spread.keyOf(record("checkout", "id-" + i, "{}")))
            .collect(Collectors.groupingBy(key -> key, Collectors.counting()));

    assertThat(counts).containsOnlyKeys("checkout#0", "checkout#1", "checkout#2", "checkout#3");
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(800L, 1200L));
    assertThat(spread.keyOf(record("other", "1", "{}"))).isEqualTo("other");
  }

  @Test
  void gives_copies_of_a_record_the_same_key() {
    PartitionKeys spread = new PartitionKeys(Map.of("s", 100), SIGNALS);

    assertThat(spread.keyOf(record("s", "id", "first copy")))
        .isEqualTo(spread.keyOf(record("s", "id", "second copy")));
    assertThat(spread.keyOf(record("s", null, "no id")))
        .isEqualTo(spread.keyOf(record("s", null, "no id")));
  }

  @Property
  void keys_are_within_the_limit_and_stay_different(
      @ForAll @NotEmpty @StringLength(max = 600) String service,
      @ForAll @IntRange(min = 1, max = 10_000) int spread) {
    PartitionKeys spreading = new PartitionKeys(Map.of(service, spread), SIGNALS);

    String key = spreading.keyOf(record(service, "id", "{}"));

    assertThat(key).hasSizeBetween(1, 256);
    assertThat(keys.keyOf(record(service + "1", "id", "{}")))
        .isNotEqualTo(keys.keyOf(record(service + "2", "id", "{}")));
  }

  private static LogRecord record(String service, String id, String line) {
    return new LogRecord(ByteSlice.utf8(line), service, Instant.EPOCH, id);
  }

  private List<String> assigned(List<LogRecord> records) {
    return StreamSupport.stream(
            keys.assign(records, new HashMap<>()).parts(500).spliterator(), false)
        .flatMap(List::stream)
        .map(entry -> entry.partitionKey() + "[" + entry.data().asUtf8String() + "]")
        .toList();
  }
}

package routes.kinesis.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import routes.signal.Signals;

class PartitionKeysTest {

  private static final Signals SIGNALS = Signals.logsOnly("logs", "lake");

  private final PartitionKeys keys = new PartitionKeys(Map.of(), SIGNALS);

  @Test
  void groups_by_service_and_keeps_the_order() {
    List<KeyedRecords> groups =
        keys.group(List.of(record("b", "1", "x"), record("a", "2", "y"), record("b", "3", "z")));

    assertThat(groups).extracting(KeyedRecords::key).containsExactly("b", "a");
    assertThat(texts(groups.get(0))).containsExactly("x", "z");
    assertThat(texts(groups.get(1))).containsExactly("y");
  }

  @Test
  void takes_only_the_bytes_of_the_record_from_a_shared_array() {
    byte[] body = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
    LogRecord second = new LogRecord(new ByteSlice(body, 4, 3), "s", Instant.EPOCH, null);

    assertThat(texts(keys.group(List.of(second)).get(0))).containsExactly("two");
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

  private static List<String> texts(KeyedRecords group) {
    return StreamSupport.stream(group.spliterator(), false)
        .flatMap(List::stream)
        .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
        .toList();
  }
}

package routes.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;
import routes.record.LogRecord;

class PartitionTest {

  private static final long LAST_HOUR = 70_389_527;

  @ParameterizedTest
  @CsvSource({
    "2026-08-22T13:05:09.123Z, service=a/year=2026/month=08/day=22/hour=13",
    "2026-08-22T13:59:59.999999999Z, service=a/year=2026/month=08/day=22/hour=13",
    "2026-08-22T14:00:00Z, service=a/year=2026/month=08/day=22/hour=14",
    "1970-01-01T00:00:00Z, service=a/year=1970/month=01/day=01/hour=00",
    "9999-12-31T23:59:59Z, service=a/year=9999/month=12/day=31/hour=23"
  })
  void a_record_belongs_to_its_service_and_the_hour_of_its_own_time(Instant time, String path) {
    LogRecord record = new LogRecord(ByteSlice.utf8("{}"), "a", time, null);

    assertThat(Partition.of(record).path()).isEqualTo(path);
  }

  @Property
  void a_path_reads_back_as_its_partition(
      @ForAll("services") String service, @ForAll @LongRange(max = LAST_HOUR) long epochHour) {
    Partition partition = new Partition(service, epochHour);

    assertThat(Partition.parse(partition.path())).isEqualTo(partition);
    assertThat(partition.path().split("/", -1)).hasSize(5);
  }

  @Test
  void the_hour_is_its_first_instant() {
    assertThat(Partition.parse("service=a/year=2026/month=08/day=22/hour=13").hour())
        .isEqualTo(Instant.parse("2026-08-22T13:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, LAST_HOUR + 1, Long.MAX_VALUE, Long.MIN_VALUE})
  void hours_without_a_path_are_refused(long epochHour) {
    assertThatThrownBy(() -> new Partition("a", epochHour))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Hour " + epochHour + " since 1970: must be from 0 to 70389527");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "service=a",
        "service=/year=2026/month=08/day=22/hour=13",
        "service=a/year=2026/month=08/day=22/hour=24",
        "service=a/year=2026/month=02/day=30/hour=13",
        "service=a/year=2026/month=8/day=22/hour=13",
        "service=a/year=1969/month=08/day=22/hour=13",
        "service=a/year=2026/month=08/day=22/hour=13/",
        "service=a b/year=2026/month=08/day=22/hour=13",
        "Service=a/year=2026/month=08/day=22/hour=13"
      })
  void any_other_path_is_none(String path) {
    assertThatThrownBy(() -> Partition.parse(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<String> services() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(15)
        .filter(name -> PartitionValue.objection(name) == null);
  }
}

package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.record.Records.ARRIVAL;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

  @Test
  void names_are_settings_and_their_order_counts() {
    RecordParser parser =
        new RecordParser(
            FieldNames.of("event.created, timestamp", "service , team.service", "level", "message"),
            RecordLimits.DEFAULT,
            service -> null);
    ByteSlice json =
        ByteSlice.utf8(
            "{\"timestamp\":1,\"event\":{\"created\":2},\"team\":{\"service\":\"a\"},\"app\":3}");

    assertThat(parser.parse(json, ARRIVAL))
        .isEqualTo(new LogRecord(json, "a", Instant.ofEpochSecond(2), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ts", "timestamp,", "timestamp, ,ts", "timestamp,ts,ts"})
  void a_list_of_names_that_cannot_work_is_refused(String names) {
    assertThatThrownBy(() -> FieldNames.of(names, "service", "level", "message"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timestamp");
  }
}

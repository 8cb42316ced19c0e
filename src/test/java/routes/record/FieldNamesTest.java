package routes.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.record.Records.ARRIVAL;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;

class FieldNamesTest {

  @Test
  void names_are_settings_and_their_order_counts() {
    RecordParser parser =
        new RecordParser(
            new FieldNames(
                FieldNames.names("timestamp", "event.created, timestamp"),
                FieldNames.names("service", "service , team.service"),
                List.of("level"),
                List.of("message")),
            RecordLimits.DEFAULT,
            service -> null);
    ByteSlice json =
        ByteSlice.utf8(
            "{\"timestamp\":1700000001,\"event\":{\"created\":1700000002},\"team\":{\"service\":\"a\"},\"app\":3}");

    assertThat(parser.parse(json, ARRIVAL))
        .isEqualTo(new LogRecord(json, "a", Instant.ofEpochSecond(1_700_000_002), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ts",
        "timestamp,",
        "timestamp, ,ts",
        "timestamp,ts,ts",
        "timestamp,a.b.c.d.e.f.g.h.i.j.k.l"
      })
  void a_list_of_names_that_cannot_work_is_refused(String names) {
    assertThatThrownBy(() -> FieldNames.names("timestamp", names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must ");
  }
}

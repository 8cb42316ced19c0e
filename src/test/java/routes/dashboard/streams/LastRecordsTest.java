package routes.dashboard.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signal;

class LastRecordsTest {

  private static final byte[] UNPACKED = new byte[1 << 20];

  @Test
  void of_more_than_it_may_hold_the_last_stay() {
    LastRecords last = new LastRecords(10_000);

    for (int i = 0; i < 1_000; i++) {
      last.add(record(i, 750));
    }

    assertThat(last.list()).hasSize(10).last().isEqualTo(record(999, 750));
    assertThat(last.dropped()).isEqualTo(990);
  }

  @Test
  void a_line_does_not_keep_what_it_was_unpacked_with() {
    LastRecords last = new LastRecords(10_000);

    last.add(record(0, 750));

    assertThat(last.list().get(0).line().array()).hasSize(750);
  }

  @Test
  void what_alone_is_too_long_is_dropped() {
    LastRecords last = new LastRecords(10_000);

    last.add(record(0, 10_000));

    assertThat(last.list()).isEmpty();
    assertThat(last.dropped()).isOne();
  }

  private static LogRecord record(int number, int length) {
    return new LogRecord(
        Signal.LOGS,
        new ByteSlice(UNPACKED, 1_000, length),
        "web",
        Instant.ofEpochSecond(number),
        null);
  }
}

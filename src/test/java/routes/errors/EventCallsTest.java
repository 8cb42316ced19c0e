package routes.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one call takes (PutLogEvents). */
class EventCallsTest {

  private static final long DAY = 24 * 3_600_000;

  @Test
  void a_call_has_ten_thousand_events() {
    assertThat(sizes(Collections.nCopies(20_001, event(0, 1)))).containsExactly(10_000, 10_000, 1);
  }

  @Test
  void a_call_has_a_mebibyte_with_26_bytes_for_each_event_as_utf_8() {
    int half = (1 << 19) - 26;

    assertThat(sizes(List.of(event(0, half), event(0, half)))).containsExactly(2);
    assertThat(sizes(List.of(event(0, half), event(0, half + 1)))).containsExactly(1, 1);
    assertThat(sizes(List.of(event(0, half), new LogEvent(0, "ü".repeat(half / 2 + 1)))))
        .containsExactly(1, 1);
  }

  @Test
  void a_call_spans_a_day_and_is_in_the_order_of_time() {
    List<List<LogEvent>> calls =
        ShardEvents.cut(
            List.of(event(DAY + 1, 2), event(0, 1), event(DAY, 3), event(DAY, 1), event(5, 1)));

    assertThat(calls)
        .containsExactly(
            List.of(event(0, 1), event(5, 1), event(DAY, 3), event(DAY, 1)),
            List.of(event(DAY + 1, 2)));
  }

  @Test
  void one_that_is_too_large_is_alone_and_nothing_is_no_call() {
    assertThat(sizes(List.of(event(0, 1), event(1, 2 << 20), event(2, 1))))
        .containsExactly(1, 1, 1);
    assertThat(sizes(List.of())).isEmpty();
  }

  private static Stream<Integer> sizes(List<LogEvent> events) {
    return ShardEvents.cut(events).stream().map(List::size);
  }

  private static LogEvent event(long millis, int length) {
    return new LogEvent(millis, "x".repeat(length));
  }
}

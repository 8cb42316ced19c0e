package routes.dashboard.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import routes.dashboard.stats.History.Columns;

class HistoryTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static Reading reading(long second, double received, double delivered) {
    return new Reading(
        NOON.plusSeconds(second),
        Map.of(Series.RECEIVED_RECORDS, received, Series.DELIVERED_RECORDS, delivered));
  }

  @Test
  void what_comes_in_objects_is_counted_over_a_minute_and_the_rest_over_a_step() {
    History history = new History();
    for (int step = 0; step <= 18; step++) {
      history.add(reading(10L * step, 100.0 * step, 600.0 * Math.floorDiv(step, 6)));
    }

    Columns columns = history.after(NOON.plusSeconds(60));

    assertThat(columns.times()).hasSize(12);
    assertThat(columns.series().get(Series.RECEIVED_RECORDS)).containsOnly(10.0);
    assertThat(columns.series().get(Series.DELIVERED_RECORDS)).containsOnly(10.0);
  }
}

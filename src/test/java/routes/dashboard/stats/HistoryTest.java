package routes.dashboard.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.dashboard.stats.History.Columns;

class HistoryTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;

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

  @Test
  void charts_go_on_after_a_restart_with_a_gap_and_rates_begin_anew() throws Exception {
    Path charts = folder.resolve("dashboard");
    History before = new History();
    for (int step = 0; step <= 3; step++) {
      before.add(reading(10L * step, 100.0 * step, 0));
    }
    new ChartFile(charts).write(before.after(Instant.EPOCH));
    History after = new History();
    after.restore(new ChartFile(charts).read().orElseThrow());
    after.add(reading(60, 0, 0));
    after.add(reading(70, 500, 0));

    Columns columns = after.after(Instant.EPOCH);

    assertThat(columns.times())
        .map(time -> time - NOON.getEpochSecond())
        .containsExactly(10L, 20L, 30L, 60L, 70L);
    assertThat(columns.series().get(Series.RECEIVED_RECORDS))
        .containsExactly(10.0, 10.0, 10.0, null, 50.0);
    assertThat(after.ago(Duration.ofHours(1), NOON.plusSeconds(70)).at())
        .isEqualTo(NOON.plusSeconds(60));
    assertThat(after.after(NOON.plusSeconds(65)).times()).hasSize(1);

    after.add(reading(3_625, 500, 0));
    assertThat(after.after(Instant.EPOCH).times().get(0) - NOON.getEpochSecond()).isEqualTo(30);
  }

  @Test
  void a_file_of_charts_that_is_damaged_is_none() throws Exception {
    for (String damaged :
        List.of(
            "",
            "{",
            "[]",
            "{\"stepSeconds\":10,\"times\":null,\"series\":{}}",
            "{\"times\":[1]}",
            "{\"times\":\"a\"}")) {
      Files.writeString(folder.resolve("charts.json"), damaged);
      assertThat(new ChartFile(folder).read()).as(damaged).isEmpty();
    }
  }
}

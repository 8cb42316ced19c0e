package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import routes.signal.Signal;

class FigureCountsTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  @Test
  void levels_are_summed_by_step_and_services_by_three_steps() {
    FigureCounts counts = new FigureCounts(Signal.LOGS, 60);
    counts.take(key(0, "web", "INFO"), figure(5, 0));
    counts.take(key(0, "web", "ERROR"), figure(2, 2));
    counts.take(key(0, "db", "INFO"), figure(1, 0));
    counts.take(key(2, "web", "INFO"), figure(3, 0));
    counts.take(key(3, "web", "INFO"), figure(4, 0));

    FigureCounts.Counts sums = counts.sums(true);

    assertThat(sums.times())
        .isEqualTo(
            Map.of(
                second(0), Map.of("INFO", 6L, "ERROR", 2L),
                second(2), Map.of("INFO", 3L),
                second(3), Map.of("INFO", 4L)));
    assertThat(sums.services()).isEqualTo(Map.of("web", 14L, "db", 1L));
    assertThat(sums.cellSeconds()).isEqualTo(180);
    assertThat(sums.rows().keySet()).containsExactly("web", "db");
    assertThat(sums.rows().get("web").get(second(0))).containsExactly(10, 2);
    assertThat(sums.rows().get("web").get(second(3))).containsExactly(4, 0);
  }

  @Test
  void what_has_no_levels_is_counted_without() {
    FigureCounts counts = new FigureCounts(Signal.TRACES, 60);
    counts.take(key(0, "web", "SERVER"), figure(5, 1));
    counts.take(key(0, "web", "CLIENT"), figure(2, 0));

    assertThat(counts.sums(true).times()).isEqualTo(Map.of(second(0), Map.of("NONE", 7L)));
  }

  @Test
  void of_more_services_than_can_be_told_apart_the_rest_is_one() {
    FigureCounts counts = new FigureCounts(Signal.LOGS, 60);
    IntStream.rangeClosed(1, 1_010)
        .forEach(number -> counts.take(key(0, "s" + number, "INFO"), figure(1, 0)));

    assertThat(counts.sums(true).services()).hasSize(1_001).containsEntry("…", 10L);
  }

  @Test
  void fifty_services_have_a_row_and_all_a_total() {
    FigureCounts counts = new FigureCounts(Signal.LOGS, 60);
    IntStream.rangeClosed(1, 60)
        .forEach(number -> counts.take(key(0, "s" + number, "INFO"), figure(number, 0)));

    FigureCounts.Counts sums = counts.sums(true);

    assertThat(sums.services()).hasSize(60);
    assertThat(sums.rows()).hasSize(50).containsKey("s60").doesNotContainKey("s10");
  }

  private static Key key(int minute, String service, String series) {
    return new Key(Key.MINUTE, Instant.ofEpochSecond(second(minute)), service, series);
  }

  private static long second(int minute) {
    return NINE.getEpochSecond() + 60L * minute;
  }

  private static Figure figure(long records, long errors) {
    Figure figure = new Figure();
    figure.records = records;
    figure.errors = errors;
    return figure;
  }
}

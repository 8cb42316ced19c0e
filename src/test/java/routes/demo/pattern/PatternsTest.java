package routes.demo.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.demo.data.Data;
import routes.demo.data.DataException;

class PatternsTest {

  private static Pattern pattern(String yaml) {
    return new PatternReader(1).read(Data.of("test.yaml", yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {pattern: constant, level: 3}                               |   7 | 3
          {pattern: ramp, from: 1, to: 5, width: 10}                  |   5 | 3
          {pattern: ramp, from: 1, to: 5, width: 10}                  |  50 | 5
          {pattern: ramp, from: 1, to: 5, width: 10}                  |  -1 | 1
          {pattern: sine, period: 40, amplitude: 0.5}                 |  10 | 1.5
          {pattern: sine, period: 40, amplitude: 0.5}                 |  30 | 0.5
          {pattern: spike, at: 5, width: 1, height: 9}                |   5 | 9
          {pattern: spike, at: 5, width: 1, height: 9}                |  50 | 1
          {pattern: burst, every: 10, width: 2, low: 1, high: 4}      |  21 | 4
          {pattern: burst, every: 10, width: 2, low: 1, high: 4}      |  22 | 1
          {pattern: step, at: 5, before: 1, after: 2}                 |   4 | 1
          {pattern: step, at: 5, before: 1, after: 2}                 |   5 | 2
          {pattern: sawtooth, period: 10, low: 1, high: 3}            |  15 | 2
          {pattern: drift, per_week: 0.5, since: 0}                   | 604800 | 1.5
          {pattern: seasonal, period: 1000, amplitude: 0.5, trend_per_week: 1} | 250 | 1.50062
          {sum: [{pattern: constant, level: 2}, {pattern: constant, level: 3}]}     | 0 | 5
          {product: [{pattern: constant, level: 2}, {pattern: constant, level: 3}]} | 0 | 6
          """)
  void a_pattern_has_its_level(String yaml, double seconds, double level) {
    assertThat(pattern(yaml).at(seconds)).isCloseTo(level, within(1e-4));
  }

  @Test
  void a_day_is_busiest_at_its_hour_and_a_weekend_is_another() {
    Pattern traffic =
        pattern(
            "{product: [{pattern: daily, busiest_hour: 18, lowest: 0.2}, {pattern: weekly, weekend: 0.5}]}");

    assertThat(traffic.at(seconds("2026-11-20T18:00:00Z"))).isCloseTo(1, within(1e-9));
    assertThat(traffic.at(seconds("2026-11-20T06:00:00Z"))).isCloseTo(0.2, within(1e-9));
    assertThat(traffic.at(seconds("2026-11-21T18:00:00Z"))).isCloseTo(0.5, within(1e-9));
    assertThat(traffic.at(seconds("2026-11-22T23:59:59Z"))).isLessThan(0.5);
  }

  @Test
  void noise_is_the_same_within_a_slot_and_for_a_seed() {
    Data noise = Data.of("test.yaml", "{pattern: noise, amplitude: 0.5, slot: 60}");
    Pattern one = new PatternReader(1).read(noise);

    double sum = 0;
    for (int slot = 0; slot < 10_000; slot++) {
      double level = one.at(60 * slot);
      assertThat(level).isBetween(0.5, 1.5).isEqualTo(one.at(60 * slot + 59));
      sum += level;
    }
    assertThat(sum / 10_000).isCloseTo(1, within(0.02));
    assertThat(one.at(0)).isEqualTo(new PatternReader(1).read(noise).at(0));
    assertThat(one.at(0)).isNotEqualTo(new PatternReader(2).read(noise).at(0));
  }

  @Test
  void what_is_no_pattern_is_told() {
    assertThatThrownBy(() -> pattern("{pattern: zigzag}"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("test.yaml, line 1: \"zigzag\" is no pattern; there are constant,");
    assertThatThrownBy(() -> pattern("{pattern: sine, hight: 3}"))
        .hasMessageContaining("\"hight\" is not known here; known are amplitude, pattern, period");
    assertThatThrownBy(() -> pattern("{pattern: sine, period: 0}"))
        .hasMessageContaining("\"0\" must be a number from");
  }

  private static double seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }
}

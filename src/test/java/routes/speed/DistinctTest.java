package routes.speed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.json.ByteSlice;

class DistinctTest {

  private static final int SKETCHES = 200;

  private final Random random = new Random(19);

  /** The standard error of 200 sketches is itself uncertain by a twentieth. */
  @ParameterizedTest
  @CsvSource({"100, 0.025", "1000, 0.035", "10000, 0.036", "50000, 0.036"})
  void the_standard_error_is_what_a_thousand_registers_give(int texts, double bound) {
    double squares = 0;
    for (int sketch = 0; sketch < SKETCHES; sketch++) {
      Distinct distinct = new Distinct();
      for (int i = 0; i < texts; i++) {
        distinct.add(traceId());
      }
      double error = (double) distinct.count() / texts - 1;
      squares += error * error;
    }
    assertThat(Math.sqrt(squares / SKETCHES)).isLessThan(bound);
  }

  @Test
  void what_is_seen_again_counts_once_and_merged_sketches_are_that_of_all() {
    Distinct all = new Distinct();
    Distinct merged = new Distinct();
    for (int part = 0; part < 20; part++) {
      Distinct some = new Distinct();
      for (int i = 0; i < 100; i++) {
        ByteSlice id = traceId();
        some.add(id);
        all.add(id);
        all.add(id);
      }
      merged.addAll(some.toBytes());
      merged.addAll(some);
    }

    assertThat(merged.toBytes()).isEqualTo(all.toBytes());
    assertThat(merged.count()).isEqualTo(all.count());
    assertThat(new Distinct().count()).isZero();
  }

  private ByteSlice traceId() {
    return ByteSlice.of(
        "%016x%016x".formatted(random.nextLong(), random.nextLong()).getBytes(US_ASCII));
  }
}

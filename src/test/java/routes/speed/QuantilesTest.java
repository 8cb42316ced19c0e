package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  private final Random random = new Random(19);

  @Test
  void a_quantile_is_within_a_hundredth_of_the_true_one_whatever_the_values() {
    DoubleStream.Builder some = DoubleStream.builder();
    for (int i = 0; i < 10_000; i++) {
      some.add(Math.exp(3 * random.nextGaussian()));
    }
    double[] values = some.build().sorted().toArray();
    Quantiles quantiles = of(values);

    for (double share = 0; share <= 1; share += 1.0 / 128) {
      double exact = values[(int) (share * (values.length - 1))];
      assertThat(quantiles.at(share)).isCloseTo(exact, within(exact * 1.000_001 / 100));
    }
  }

  @Test
  void sketches_that_are_merged_are_that_of_all_values_in_any_order() {
    double[] values = random.doubles(3_000, 0, 5_000).toArray();
    List<Quantiles> parts = new ArrayList<>();
    for (int i = 0; i < values.length; i += 100) {
      parts.add(of(DoubleStream.of(values).skip(i).limit(100).toArray()));
    }
    Collections.shuffle(parts, random);
    Quantiles merged = new Quantiles();
    parts.forEach(merged::addAll);

    Quantiles all = of(values);
    assertThat(merged.bins()).isEqualTo(all.bins()).isSorted().doesNotHaveDuplicates();
    assertThat(merged.counts()).isEqualTo(all.counts());
  }

  @Test
  void none_is_no_number_and_zero_is_the_smallest() {
    assertThat(new Quantiles().at(0.5)).isNaN();
    assertThat(of(0, 0, 0, 7).at(0.5)).isCloseTo(1e-6, within(1e-8));
  }

  private static Quantiles of(double... values) {
    Quantiles quantiles = new Quantiles();
    DoubleStream.of(values).forEach(quantiles::add);
    return quantiles;
  }
}

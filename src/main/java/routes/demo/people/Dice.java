package routes.demo.people;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be repeated: the same seed gives the same throws. Not thread-safe. */
public final class Dice {

  private final SplittableRandom random;

  public Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of its own for another part, so that the throws of one do not change those of another. */
  public Dice split() {
    return new Dice(random.split());
  }

  public long bits() {
    return random.nextLong();
  }

  /** From 0 to 1, without the latter. */
  public double share() {
    return random.nextDouble();
  }

  public boolean chance(double probability) {
    return probability > 0 && (probability >= 1 || random.nextDouble() < probability);
  }

  /** From 0 up to, and without, a bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  public <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Around 1, more often a little below and sometimes far above, as latencies are. */
  public double logNormal(double sigma) {
    return Math.exp(sigma * normal());
  }

  /** How many of many unlikely events come to pass where so many are expected. */
  public int poisson(double mean) {
    if (mean > 60) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    }
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = share(); product > limit; product *= share()) {
      count++;
    }
    return count;
  }

  /** The sum of twelve equal shares is close enough to a normal distribution, and fast. */
  private double normal() {
    long bits = random.nextLong();
    long more = random.nextLong();
    int sum = 0;
    for (int shift = 0; shift < 60; shift += 10) {
      sum += (int) (bits >>> shift) & 1023;
      sum += (int) (more >>> shift) & 1023;
    }
    return sum / 1024.0 - 6 + 12 * 0.5 / 1024;
  }
}

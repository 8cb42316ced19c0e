package routes.record;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import routes.json.ByteSlice;
import routes.json.JsonScalar;

/**
 * Whether the buckets of a histogram hold what it counts. Counts with a fraction, as Prometheus's
 * histograms of floats have them, are not added up: that would be a question of rounding. Where the
 * sum is NaN, so was a measurement, which is counted and lies in no bucket (Prometheus's {@code
 * Histogram.Validate}).
 */
final class BucketCounts {

  /** Of a double, without a fraction. */
  private static final int MAX_DIGITS = 309;

  private BucketCounts() {}

  static void check(FieldScan fields, JsonScalar count) throws RejectedException {
    BigDecimal total = number(Field.COUNT, count.raw());
    List<BigDecimal> explicit = numbers(fields, Field.BUCKET_COUNTS);
    List<BigDecimal> bounds = numbers(fields, Field.EXPLICIT_BOUNDS);
    if (!(explicit.isEmpty() && bounds.isEmpty()) && explicit.size() != bounds.size() + 1) {
      throw bad(explicit.size() + " bucket_counts for " + bounds.size() + " explicit_bounds");
    }
    for (int i = 1; i < bounds.size(); i++) {
      if (bounds.get(i - 1).compareTo(bounds.get(i)) >= 0) {
        throw bad("explicit_bounds do not rise: " + bounds.get(i - 1) + ", " + bounds.get(i));
      }
    }
    List<BigDecimal> all = new ArrayList<>(explicit);
    JsonScalar zeroCount = fields.first(Field.ZERO_COUNT);
    if (zeroCount != null) {
      all.add(number(Field.ZERO_COUNT, zeroCount.raw()));
    }
    all.addAll(numbers(fields, Field.POSITIVE_COUNTS));
    all.addAll(numbers(fields, Field.NEGATIVE_COUNTS));
    if (all.isEmpty() || !isWhole(total) || !all.stream().allMatch(BucketCounts::isWhole)) {
      return;
    }
    BigDecimal counted = all.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    int surplus = counted.compareTo(total);
    if (surplus > 0 || (surplus < 0 && !hasNaN(fields))) {
      throw bad("The buckets count " + counted + ", the histogram " + total);
    }
  }

  private static boolean hasNaN(FieldScan fields) {
    JsonScalar sum = fields.first(Field.SUM);
    return sum != null && sum.text().equals("NaN");
  }

  private static boolean isWhole(BigDecimal number) {
    return number.scale() <= 0;
  }

  /** The elements of an array, which is empty where there is none. */
  private static List<BigDecimal> numbers(FieldScan fields, Field field) throws RejectedException {
    int at = fields.start(field);
    if (at == FieldScan.ABSENT) {
      return List.of();
    }
    ByteSlice record = fields.record();
    if (record.at(at) != '[') {
      throw bad(field.canonicalName() + " is no array of numbers");
    }
    List<BigDecimal> numbers = new ArrayList<>();
    for (at = skipWhiteSpace(record, at + 1); record.at(at) != ']'; ) {
      int end = at;
      while (record.at(end) != ',' && record.at(end) != ']') {
        end++;
      }
      numbers.add(number(field, record.slice(at, end).trim()));
      at = record.at(end) == ',' ? skipWhiteSpace(record, end + 1) : end;
    }
    return numbers;
  }

  private static int skipWhiteSpace(ByteSlice record, int from) {
    int at = from;
    while (ByteSlice.isWhiteSpace(record.at(at))) {
      at++;
    }
    return at;
  }

  private static BigDecimal number(Field field, ByteSlice json) throws RejectedException {
    // A double has no more digits; what is longer is no count, and slow to read. So is what is
    // larger, with an exponent, to add up.
    if (json.length() <= 32) {
      try {
        BigDecimal number = new BigDecimal(json.toString());
        boolean isCount =
            number.signum() >= 0 && (long) number.precision() - number.scale() <= MAX_DIGITS;
        if (isCount || field == Field.EXPLICIT_BOUNDS) {
          return number;
        }
      } catch (NumberFormatException noNumber) {
        throw bad(field.canonicalName() + " holds " + Excerpt.of(json) + ", which is no number");
      }
    }
    throw bad(field.canonicalName() + " holds " + Excerpt.of(json) + ", which is no count");
  }

  private static RejectedException bad(String message) {
    return new RejectedException(Reason.BAD_HISTOGRAM, message);
  }
}

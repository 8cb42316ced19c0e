package routes.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A contiguous part of the 128-bit hash key space; both ends belong to it. */
record HashKeyRange(BigInteger start, BigInteger end) {

  static final BigInteger MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  /** The whole space in {@code count} parts as equal as AWS makes them: the last takes the rest. */
  static List<HashKeyRange> evenly(int count) {
    BigInteger width = MAX.add(BigInteger.ONE).divide(BigInteger.valueOf(count));
    List<HashKeyRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BigInteger start = width.multiply(BigInteger.valueOf(i));
      BigInteger end = i == count - 1 ? MAX : start.add(width).subtract(BigInteger.ONE);
      ranges.add(new HashKeyRange(start, end));
    }
    return ranges;
  }

  boolean isFollowedBy(HashKeyRange other) {
    return end.add(BigInteger.ONE).equals(other.start);
  }

  boolean covers(HashKeyRange other) {
    return start.compareTo(other.start) <= 0 && end.compareTo(other.end) >= 0;
  }

  /** Two parts, the second beginning at {@code middle}, which must lie behind the start. */
  List<HashKeyRange> splitAt(BigInteger middle) {
    return List.of(
        new HashKeyRange(start, middle.subtract(BigInteger.ONE)), new HashKeyRange(middle, end));
  }
}

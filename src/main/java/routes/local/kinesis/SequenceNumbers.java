package routes.local.kinesis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The sequence numbers of one shard: 56 decimal digits, as on AWS, made of {@code 49}, the shard's
 * creation in epoch milliseconds (16 digits), its number (19) and a counter (19). A child is
 * created after its parents, so its numbers are greater than theirs; a stream created again under
 * an old name does not take the old numbers for its own.
 */
final class SequenceNumbers {

  static final int DIGITS = 56;

  private static final int CREATED_END = 18;
  private static final int COUNTER_START = 37;

  private final byte[] template;

  SequenceNumbers(long shardCreated, int shardNumber) {
    byte[] digits = new byte[DIGITS];
    Arrays.fill(digits, (byte) '0');
    digits[0] = '4';
    digits[1] = '9';
    writeDecimal(shardCreated, digits, CREATED_END);
    writeDecimal(shardNumber, digits, COUNTER_START);
    template = digits;
  }

  /** The number in ASCII; the caller owns the array. */
  byte[] digits(long counter) {
    byte[] digits = template.clone();
    writeDecimal(counter, digits, DIGITS);
    return digits;
  }

  String format(long counter) {
    return new String(digits(counter), US_ASCII);
  }

  /** The counter in a number of this shard; empty for any other text. */
  OptionalLong parse(String sequenceNumber) {
    byte[] digits = sequenceNumber.getBytes(US_ASCII);
    if (digits.length != DIGITS
        || !Arrays.equals(digits, 0, COUNTER_START, template, 0, COUNTER_START)) {
      return OptionalLong.empty();
    }
    String counter = sequenceNumber.substring(COUNTER_START);
    try {
      return counter.charAt(0) == '+'
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(counter));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static void writeDecimal(long value, byte[] digits, int end) {
    int i = end;
    for (long rest = value; rest > 0; rest /= 10) {
      digits[--i] = (byte) ('0' + rest % 10);
    }
  }
}

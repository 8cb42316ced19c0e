package routes.ledger;

/**
 * Where a record stands in its shard.
 *
 * @param sequenceNumber the stream's own number of what holds it, a decimal of up to 129 digits
 *     without leading zeros, as Kinesis' sequence numbers are
 * @param index the record's index within that, from 0, counted before anything is filtered
 */
public record Position(String sequenceNumber, int index) implements Comparable<Position> {

  /** Before every position of a shard: where a shard without a checkpoint begins. */
  public static final Position START = new Position("", -1);

  /** After every position of a shard. */
  public static final Position END = endOf("9".repeat(129));

  /** The last position a Kinesis record can hold, whatever it contains. */
  public static Position endOf(String sequenceNumber) {
    return new Position(sequenceNumber, Integer.MAX_VALUE);
  }

  /** The place just before this one, whether or not a record stands there. */
  public Position before() {
    return new Position(sequenceNumber, index - 1);
  }

  /** The place just after this one, whether or not a record stands there. */
  public Position next() {
    return new Position(sequenceNumber, index + 1);
  }

  /** Orders by the number, not by the text: a longer number is a larger one. */
  @Override
  public int compareTo(Position other) {
    int byLength = Integer.compare(sequenceNumber.length(), other.sequenceNumber.length());
    if (byLength != 0) {
      return byLength;
    }
    int byNumber = sequenceNumber.compareTo(other.sequenceNumber);
    return byNumber != 0 ? byNumber : Integer.compare(index, other.index);
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  public static Position latest(Position one, Position other) {
    return one.isAfter(other) ? one : other;
  }
}

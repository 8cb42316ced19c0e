package routes.kinesis.publish;

import java.io.Serializable;

/**
 * What became of one caller's records.
 *
 * @param records all of them
 * @param acknowledged on the stream, Kinesis said so
 * @param uncertain sent, but the answer was lost or is still missing: they may be on the stream
 */
public record Delivery(int records, int acknowledged, int uncertain) implements Serializable {

  static final Delivery NONE = new Delivery(0, 0, 0);

  /** What became of these records and of others. */
  Delivery and(Delivery other) {
    return new Delivery(
        records + other.records, acknowledged + other.acknowledged, uncertain + other.uncertain);
  }

  /** Records that are not on the stream. */
  public int missing() {
    return records - acknowledged - uncertain;
  }

  /** All records are on the stream. */
  boolean isComplete() {
    return acknowledged == records;
  }

  @Override
  public String toString() {
    return "of %s records %s are on the stream, %s may be, %s are not"
        .formatted(records, acknowledged, uncertain, missing());
  }
}

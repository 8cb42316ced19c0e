package routes.kinesis.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import routes.envelope.Pieces;
import routes.json.ByteSlice;
import routes.ledger.Position;
import routes.record.Rejection;
import routes.stream.StreamRejection;

/**
 * The elements of one Kinesis record that are no acceptable records. A few are dead letters of
 * their own; many would be a call each, for hours, and become one. Which of the two depends on the
 * Kinesis record alone.
 */
final class RejectedElements {

  /** So many letters are sent about as fast as a shard takes Kinesis records to hold them. */
  static final int MAX_LETTERS = 20;

  private final String sequenceNumber;
  private final Instant arrival;
  private final List<StreamRejection> each = new ArrayList<>();
  private final Pieces pieces = new Pieces();
  private int count;

  RejectedElements(String sequenceNumber, Instant arrival) {
    this.sequenceNumber = sequenceNumber;
    this.arrival = arrival;
  }

  void add(int index, ByteSlice bytes, Rejection rejection) {
    count++;
    if (each.size() < MAX_LETTERS) {
      Position position = new Position(sequenceNumber, index);
      each.add(new StreamRejection(position, arrival, List.of(bytes), rejection, 1));
    }
    pieces.add(index, bytes);
  }

  /**
   * What is to become of them.
   *
   * @param all how many elements the Kinesis record has
   * @param data the Kinesis record as it came
   */
  List<StreamRejection> result(int all, ByteSlice data) {
    if (count <= MAX_LETTERS) {
      return each;
    }
    StreamRejection first = each.get(0);
    String why =
        "%s of the %s records in one Kinesis record, the first for: %s"
            .formatted(count, all, first.rejection().message());
    return List.of(
        new StreamRejection(
            first.position(),
            arrival,
            count == all ? List.of(data) : pieces.list(),
            new Rejection(first.rejection().reason(), why),
            count));
  }
}

package routes.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.ledger.ObjectOrigin;
import routes.ledger.Position;

/** An object of the lake, and what the stream has of the stretch that it holds. For one thread. */
final class ObjectCheck {

  /** A record of the stream that should be a line of the object, unless it is a copy. */
  private record Expected(Position position, boolean copy) {}

  /** What became of a line. */
  enum Match {
    ONE,
    /** There was such a record, but another line has it. */
    TAKEN,
    NONE
  }

  private final String bucket;
  private final String key;
  private final ObjectOrigin origin;
  private final Map<Long, List<Expected>> expected = new HashMap<>();
  private long count;

  ObjectCheck(String bucket, String key, ObjectOrigin origin) {
    this.bucket = bucket;
    this.key = key;
    this.origin = origin;
  }

  String bucket() {
    return bucket;
  }

  String key() {
    return key;
  }

  ObjectOrigin origin() {
    return origin;
  }

  boolean holds(Position position) {
    return !origin.first().isAfter(position) && !position.isAfter(origin.last());
  }

  /** Notes a record of the stream that lies in its stretch. */
  void expect(Position position, long hash, boolean copy) {
    expected.computeIfAbsent(hash, unseen -> new ArrayList<>(1)).add(new Expected(position, copy));
    count++;
  }

  /** How many records of the stream lie in its stretch, copies included. */
  long count() {
    return count;
  }

  /** Looks for the record that a line is. */
  Match match(long hash) {
    List<Expected> left = expected.get(hash);
    if (left == null) {
      return Match.NONE;
    }
    if (left.isEmpty()) {
      return Match.TAKEN;
    }
    // Of those that are the same to the byte, the copies are the ones left out.
    left.remove(0);
    return Match.ONE;
  }

  /** Where those stand that no line has though they are no copies, in their order. */
  List<Position> missing() {
    return left(false);
  }

  /** Where those stand that no line has as they are copies, in their order. */
  List<Position> leftOut() {
    return left(true);
  }

  private List<Position> left(boolean copy) {
    return expected.values().stream()
        .flatMap(List::stream)
        .filter(record -> record.copy() == copy)
        .map(Expected::position)
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}

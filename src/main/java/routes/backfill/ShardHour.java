package routes.backfill;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import routes.json.ByteSlice;
import routes.ledger.Position;

/**
 * What the two layers have of one service and hour of one shard. Objects are compared by their
 * stretches of the shard. Where one of the raw layer goes beyond one of the batch layer, nothing
 * says which of its lines do, and they are told by their content.
 */
final class ShardHour {

  private static final Comparator<LayerObject> ORDER = Comparator.comparing(LayerObject::first);

  /** A stretch of a raw object that the batch layer has no object for. */
  private record Gap(LayerObject raw, Position first, Position last) {}

  private final List<LayerObject> raw;
  private final List<LayerObject> batch;
  private final Position passed;
  private final ObjectLines lines;

  /**
   * @param passed up to where the batch layer will deliver nothing any more
   * @throws IllegalStateException when objects of the raw layer hold the same stretch
   */
  ShardHour(List<LayerObject> raw, List<LayerObject> batch, Position passed, ObjectLines lines) {
    this.raw = raw.stream().sorted(ORDER).toList();
    this.batch = batch.stream().sorted(ORDER).toList();
    this.passed = passed;
    this.lines = lines;
    for (int i = 1; i < this.raw.size(); i++) {
      if (this.raw.get(i).overlaps(this.raw.get(i - 1))) {
        throw new IllegalStateException(
            "%s and %s hold the same records: move the one away that the audit calls DOUBLE"
                .formatted(this.raw.get(i - 1), this.raw.get(i)));
      }
    }
  }

  /** Objects of the raw layer that the batch layer may still deliver something of. */
  long ahead() {
    return raw.stream().filter(object -> !isPassed(object)).count();
  }

  /** Whether the raw layer has to catch up first, as only then lines can be counted in both. */
  boolean isLate() {
    return !batch.isEmpty() && last(batch).isAfter(last(raw));
  }

  /** What the batch layer lacks and will not deliver, in its order. */
  List<Piece> missing() throws IOException {
    List<Piece> missing = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (LayerObject object : raw) {
      if (isPassed(object)) {
        if (overlapping(object).isEmpty()) {
          missing.add(new Piece(object.first(), object.last(), object, null));
        } else {
          gap(object).ifPresent(gaps::add);
        }
      }
    }
    if (!gaps.isEmpty() && !isLate() && !isComplete()) {
      missing.addAll(fill(gaps));
    }
    missing.sort(Comparator.comparing(Piece::first));
    return missing;
  }

  /** Whether the batch layer has something between two places. */
  boolean isDelivered(Position after, Position before) {
    return batch.stream()
        .anyMatch(object -> object.first().isAfter(after) && before.isAfter(object.first()));
  }

  private boolean isPassed(LayerObject object) {
    return !object.last().isAfter(passed);
  }

  private List<LayerObject> overlapping(LayerObject object) {
    return batch.stream().filter(object::overlaps).toList();
  }

  private Stream<LayerObject> delivered() {
    return raw.stream().filter(object -> !overlapping(object).isEmpty());
  }

  /** Whether the batch layer has as many records as the raw one, which has all of them. */
  private boolean isComplete() {
    List<LayerObject> both = delivered().toList();
    return !both.get(0).first().isAfter(batch.get(0).first()) && records(both) == records(batch);
  }

  private static long records(List<LayerObject> objects) {
    return objects.stream().mapToLong(LayerObject::records).sum();
  }

  private static Position last(List<LayerObject> objects) {
    return objects.get(objects.size() - 1).last();
  }

  /**
   * The lines in these gaps: those that stand more often in all raw objects than in all batch
   * objects. So lines that are the same to the byte are counted, not mistaken for each other.
   */
  private List<Piece> fill(List<Gap> gaps) throws IOException {
    Map<HashCode, Integer> missing = new HashMap<>();
    for (Gap gap : gaps) {
      ObjectLines.each(lines.of(gap.raw()), line -> missing.put(hash(line), 0));
    }
    for (LayerObject object : delivered().toList()) {
      count(object, 1, missing);
    }
    for (LayerObject object : batch) {
      count(object, -1, missing);
    }
    List<Piece> pieces = new ArrayList<>();
    for (Gap gap : gaps) {
      ByteArrayOutputStream left = new ByteArrayOutputStream();
      ObjectLines.each(
          lines.of(gap.raw()),
          line -> {
            if (missing.merge(hash(line), -1, Integer::sum) >= 0) {
              left.write(line.array(), line.offset(), line.length());
              left.write('\n');
            }
          });
      if (left.size() > 0) {
        pieces.add(new Piece(gap.first(), gap.last(), gap.raw(), left.toByteArray()));
      }
    }
    return pieces;
  }

  private void count(LayerObject object, int each, Map<HashCode, Integer> counts)
      throws IOException {
    ObjectLines.each(
        lines.of(object),
        line -> counts.computeIfPresent(hash(line), (hash, count) -> count + each));
  }

  /**
   * Where an object goes beyond those of the batch layer. Between two of them may be nothing, as
   * the second begins with the next record, wherever that stands.
   */
  private Optional<Gap> gap(LayerObject object) {
    List<LayerObject> others = overlapping(object);
    Stream<Gap> ends =
        Stream.of(
            new Gap(object, object.first(), others.get(0).first().before()),
            new Gap(object, last(others).next(), object.last()));
    Stream<Gap> between =
        IntStream.range(1, others.size())
            .mapToObj(
                i ->
                    new Gap(
                        object, others.get(i - 1).last().next(), others.get(i).first().before()));
    return Stream.concat(ends, between).filter(gap -> !gap.first().isAfter(gap.last())).findFirst();
  }

  private static HashCode hash(ByteSlice line) {
    return Hashing.murmur3_128().hashBytes(line.array(), line.offset(), line.length());
  }
}

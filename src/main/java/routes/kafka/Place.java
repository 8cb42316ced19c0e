package routes.kafka;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where to read on in a partition, as an iterator that never expires.
 *
 * @param epoch of the leader that wrote the record before, by which Kafka knows whether the
 *     partition was cut since; -1 = not known
 */
record Place(Partition partition, long offset, int epoch) {

  private static final int UNKNOWN = -1;

  /** A place of which only the offset is known. */
  static Place at(Partition partition, long offset) {
    return new Place(partition, offset, UNKNOWN);
  }

  /**
   * The inverse of {@link #iterator()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Place of(String iterator) {
    List<String> parts = Splitter.on('/').splitToList(iterator);
    if (parts.size() != 4) {
      throw new IllegalArgumentException("No iterator: " + iterator);
    }
    return new Place(
        Partition.of(parts.get(0), parts.get(1))
            .orElseThrow(() -> new IllegalArgumentException("No iterator: " + iterator)),
        Long.parseLong(parts.get(2)),
        Integer.parseInt(parts.get(3)));
  }

  String iterator() {
    return "%s/%s/%s/%s".formatted(partition.topic(), partition.name(), offset, epoch);
  }

  /** Further on, where what lies between has no records. */
  Place at(long further) {
    return new Place(partition, further, epoch);
  }

  /** Behind a record that such a leader wrote. */
  Place at(long next, Optional<Integer> leader) {
    return new Place(partition, next, leader.orElse(epoch));
  }

  OffsetAndMetadata kafka() {
    return epoch == UNKNOWN
        ? new OffsetAndMetadata(offset)
        : new OffsetAndMetadata(offset, Optional.of(epoch), "");
  }
}

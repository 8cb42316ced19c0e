package routes.kafka;

import com.google.common.base.Splitter;
import java.util.List;

/** Where to read on in a partition, as an iterator that never expires. */
record Place(Partition partition, long offset) {

  /**
   * The inverse of {@link #iterator()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Place of(String iterator) {
    List<String> parts = Splitter.on('/').splitToList(iterator);
    if (parts.size() != 3) {
      throw new IllegalArgumentException("No iterator: " + iterator);
    }
    return new Place(
        Partition.of(parts.get(0), parts.get(1))
            .orElseThrow(() -> new IllegalArgumentException("No iterator: " + iterator)),
        Long.parseLong(parts.get(2)));
  }

  String iterator() {
    return "%s/%s/%s".formatted(partition.topic(), partition.name(), offset);
  }

  Place at(long other) {
    return new Place(partition, other);
  }
}

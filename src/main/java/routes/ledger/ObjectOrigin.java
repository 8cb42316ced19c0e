package routes.ledger;

import java.util.Map;
import java.util.Optional;
import routes.partition.ObjectName;
import routes.partition.Partition;

/**
 * Which records an object of the lake holds, as its metadata say.
 *
 * @param shard on which they came
 * @param first where its first record stands, copies that have no line included
 * @param last where its last one stands; those of its group between the two are in it
 * @param records how many lines it has
 */
public record ObjectOrigin(ShardId shard, Position first, Position last, int records) {

  private static final String SHARD = "shard";
  private static final String FIRST_SEQUENCE_NUMBER = "first-sequence-number";
  private static final String FIRST_INDEX = "first-index";
  private static final String LAST_SEQUENCE_NUMBER = "last-sequence-number";
  private static final String LAST_INDEX = "last-index";
  private static final String RECORDS = "records";

  /** As the object's metadata. */
  public Map<String, String> toMetadata() {
    return Map.of(
        SHARD, shard.toString(),
        FIRST_SEQUENCE_NUMBER, first.sequenceNumber(),
        FIRST_INDEX, Integer.toString(first.index()),
        LAST_SEQUENCE_NUMBER, last.sequenceNumber(),
        LAST_INDEX, Integer.toString(last.index()),
        RECORDS, Integer.toString(records));
  }

  /** What metadata say, or empty where they are not an object's of this app. */
  public static Optional<ObjectOrigin> of(Map<String, String> metadata) {
    try {
      return ShardId.parse(metadata.getOrDefault(SHARD, ""))
          .map(
              shard ->
                  new ObjectOrigin(
                      shard,
                      position(metadata, FIRST_SEQUENCE_NUMBER, FIRST_INDEX),
                      position(metadata, LAST_SEQUENCE_NUMBER, LAST_INDEX),
                      Integer.parseInt(metadata.getOrDefault(RECORDS, ""))));
    } catch (IllegalArgumentException others) {
      return Optional.empty();
    }
  }

  /** The name that an object of these records has among those of a service and hour. */
  public ObjectName nameIn(Partition partition) {
    return new ObjectName(
        shard.stream(),
        shard.created(),
        shard.shard(),
        partition,
        first.sequenceNumber(),
        first.index());
  }

  /** Whether this is the key of an object of these records, whatever its suffix. */
  public boolean names(String key) {
    try {
      Partition partition = Partition.parse(key.substring(0, Math.max(0, key.lastIndexOf('/'))));
      return key.startsWith(nameIn(partition).stem() + ".");
    } catch (IllegalArgumentException noPartition) {
      return false;
    }
  }

  /** Up to where an object goes, or empty where it is none of this shard's. */
  public static Optional<Position> lastOf(ShardId shard, Map<String, String> metadata) {
    return shard.toString().equals(metadata.get(SHARD))
            && metadata.containsKey(LAST_SEQUENCE_NUMBER)
            && metadata.containsKey(LAST_INDEX)
        ? Optional.of(position(metadata, LAST_SEQUENCE_NUMBER, LAST_INDEX))
        : Optional.empty();
  }

  private static Position position(
      Map<String, String> metadata, String sequenceNumber, String index) {
    return new Position(
        metadata.getOrDefault(sequenceNumber, ""),
        Integer.parseInt(metadata.getOrDefault(index, "")));
  }
}

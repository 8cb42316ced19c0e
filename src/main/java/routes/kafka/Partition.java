package routes.kafka;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A partition as a shard.
 *
 * @param incarnation of the topic; one that was deleted and made again under its name has another
 */
record Partition(String topic, String incarnation, int number) {

  /** As in {@code partition-00003-5f2a91c0}. */
  private static final Pattern NAME = Pattern.compile("partition-(\\d{5,10})-([0-9a-f]{8})");

  static Partition of(String topic, Uuid id, int number) {
    return new Partition(topic, incarnation(topic, id), number);
  }

  /** The inverse of {@link #name()}, or empty where it is no partition's. */
  static Optional<Partition> of(String topic, String name) {
    Matcher match = NAME.matcher(name);
    return match.matches()
        ? Optional.of(new Partition(topic, match.group(2), Integer.parseInt(match.group(1))))
        : Optional.empty();
  }

  /**
   * What tells a topic from others of its name.
   *
   * @throws SdkClientException when its brokers give it no id, so that nothing does
   */
  static String incarnation(String topic, Uuid id) {
    if (id.equals(Uuid.ZERO_UUID)) {
      throw SdkClientException.create(
          "The brokers give the topic %s no id, by which one that was made again is told from the one before: use brokers that do, as Kafka does since 2.8"
              .formatted(topic));
    }
    long half = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    return String.format(Locale.ROOT, "%08x", (int) (half ^ half >>> Integer.SIZE));
  }

  /** Of the shard: no two of a topic are alike, nor any of two topics of one name. */
  String name() {
    return String.format(Locale.ROOT, "partition-%05d-%s", number, incarnation);
  }

  TopicPartition kafka() {
    return new TopicPartition(topic, number);
  }
}

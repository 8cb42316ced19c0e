package routes.kafka;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Reads partitions at any place. Whoever reads on where the last read ended gets the consumer that
 * stands there and has the next records already.
 */
@ThreadSafe
final class PartitionReaders implements AutoCloseable {

  /**
   * What one read brought.
   *
   * @param behind whether there is more
   */
  record Read(List<ConsumerRecord<byte[], byte[]>> records, Place next, boolean behind) {}

  /** Each holds a connection to a broker, and up to twice the bytes of a fetch. */
  private static final int MAX_WAITING = 64;

  /**
   * What a fetch unpacks to is handed out in parts of so many records, lest it take much memory.
   */
  private static final int MAX_RECORDS = 500;

  private static final int FETCH_BYTES = 2 << 20;
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Map<String, Object> config;
  private final KafkaFailures failures;

  /** Those that nobody reads with now, by where they stand, the one that stood longest first. */
  @GuardedBy("this")
  private final Map<Place, Consumer<byte[], byte[]>> waiting = new LinkedHashMap<>();

  @GuardedBy("this")
  private boolean closed;

  PartitionReaders(Map<String, String> clients, KafkaFailures failures) {
    config = new HashMap<>(clients);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // What a producer has taken back is not there.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    this.failures = failures;
  }

  /** Reads at most so many records from there on; none when there are none, after a short wait. */
  Read read(Place place, int limit) {
    Consumer<byte[], byte[]> consumer = take(place);
    try {
      Read read = read(consumer, place, limit);
      giveBack(read.next(), consumer);
      return read;
    } catch (OffsetOutOfRangeException outside) {
      RuntimeException told = outside(consumer, place);
      close(consumer);
      throw told;
    } catch (KafkaException failure) {
      close(consumer);
      throw Thread.currentThread().isInterrupted()
          ? failure
          : failures.of("read " + place.partition().kafka(), failure);
    } catch (RuntimeException | Error failure) {
      close(consumer);
      throw failure;
    }
  }

  private static Read read(Consumer<byte[], byte[]> consumer, Place place, int limit) {
    TopicPartition partition = place.partition().kafka();
    long deadline = System.nanoTime() + ANSWER.toNanos();
    List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(SHORT).records(partition);
    while (records.isEmpty()) {
      long end = end(consumer, partition);
      if (end < place.offset()) {
        throw new OffsetOutOfRangeException(Map.of(partition, place.offset()));
      } else if (consumer.position(partition) >= end) {
        return new Read(records, place.at(consumer.position(partition)), false);
      } else if (System.nanoTime() > deadline) {
        throw SdkClientException.create(
            "Kafka gives nothing of %s from offset %s on, though it ends at %s"
                .formatted(partition, consumer.position(partition), end));
      }
      records = consumer.poll(SHORT.multipliedBy(10)).records(partition);
    }
    if (records.size() > limit) {
      List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>(records.subList(0, limit));
      long next = wanted.get(limit - 1).offset() + 1;
      consumer.seek(partition, next);
      return new Read(wanted, place.at(next), true);
    }
    return new Read(
        records,
        place.at(consumer.position(partition)),
        consumer.currentLag(partition).orElse(1) > 0);
  }

  /** Why there is nothing at a place. */
  private RuntimeException outside(Consumer<byte[], byte[]> consumer, Place place) {
    try {
      long end = end(consumer, place.partition().kafka());
      return place.offset() > end ? KafkaFailures.cut(place, end) : KafkaFailures.dropped(place);
    } catch (KafkaException failure) {
      return failures.of("tell the end of " + place.partition().kafka(), failure);
    }
  }

  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return Objects.requireNonNull(consumer.endOffsets(Set.of(partition), ANSWER).get(partition));
  }

  private synchronized @Nullable Consumer<byte[], byte[]> waitingAt(Place place) {
    if (closed) {
      throw SdkClientException.create("Reading of Kafka is closed");
    }
    return waiting.remove(place);
  }

  private Consumer<byte[], byte[]> take(Place place) {
    Consumer<byte[], byte[]> there = waitingAt(place);
    if (there != null) {
      return there;
    }
    try {
      Consumer<byte[], byte[]> made = new KafkaConsumer<>(config);
      made.assign(Set.of(place.partition().kafka()));
      made.seek(place.partition().kafka(), place.offset());
      return made;
    } catch (KafkaException failure) {
      throw failures.of("be reached", failure);
    }
  }

  private void giveBack(Place place, Consumer<byte[], byte[]> consumer) {
    List<Consumer<byte[], byte[]>> tooMany = new ArrayList<>();
    synchronized (this) {
      Consumer<byte[], byte[]> other = closed ? consumer : waiting.put(place, consumer);
      if (other != null) {
        tooMany.add(other);
      }
      Iterator<Consumer<byte[], byte[]>> eldest = waiting.values().iterator();
      if (waiting.size() > MAX_WAITING) {
        tooMany.add(eldest.next());
        eldest.remove();
      }
    }
    tooMany.forEach(PartitionReaders::close);
  }

  private static void close(Consumer<byte[], byte[]> consumer) {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  @Override
  public void close() {
    List<Consumer<byte[], byte[]>> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waiting.values());
      waiting.clear();
    }
    all.forEach(PartitionReaders::close);
  }
}

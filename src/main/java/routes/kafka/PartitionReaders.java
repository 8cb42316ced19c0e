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
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
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
  private static final int MAX_WAITING = 256;

  /** More than the longest pause between two reads of a quiet shard. */
  private static final long MAX_WAITING_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What a fetch unpacks to is taken in steps of so many records, until a read has enough. */
  private static final int STEP_RECORDS = 500;

  private static final int ENOUGH_BYTES = 4 << 20;
  private static final int FETCH_BYTES = 2 << 20;
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** A consumer that nobody reads with since then. */
  private record Waiting(Consumer<byte[], byte[]> consumer, long sinceNanos) {}

  private final Map<String, Object> config;
  private final KafkaFailures failures;

  /** Those that nobody reads with now, by where they stand, the one that stood longest first. */
  @GuardedBy("this")
  private final Map<Place, Waiting> waiting = new LinkedHashMap<>();

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
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, STEP_RECORDS);
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
    Read read;
    try {
      read = read(consumer, place, limit);
    } catch (KafkaException failure) {
      RuntimeException told = told(failure, consumer, place);
      close(consumer);
      throw told;
    } catch (RuntimeException | Error failure) {
      close(consumer);
      throw failure;
    }
    giveBack(read.next(), consumer);
    return read;
  }

  private static Read read(Consumer<byte[], byte[]> consumer, Place place, int limit) {
    TopicPartition partition = place.partition().kafka();
    long deadline = System.nanoTime() + ANSWER.toNanos();
    List<ConsumerRecord<byte[], byte[]>> step = consumer.poll(SHORT).records(partition);
    while (step.isEmpty()) {
      long end = end(consumer, partition);
      long reached = consumer.position(partition);
      if (end < place.offset()) {
        throw new OffsetOutOfRangeException(Map.of(partition, place.offset()));
      } else if (reached >= end) {
        return new Read(List.of(), place.at(reached), false);
      } else if (System.nanoTime() > deadline) {
        if (reached > place.offset()) {
          // There is much that was taken back.
          return new Read(List.of(), place.at(reached), true);
        }
        throw SdkClientException.create(
            "Kafka gives nothing of %s from offset %s on, though it ends at %s"
                .formatted(partition, reached, end));
      }
      step = consumer.poll(SHORT.multipliedBy(10)).records(partition);
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(step);
    for (long bytes = bytes(step);
        !step.isEmpty() && records.size() < limit && bytes < ENOUGH_BYTES;
        bytes += bytes(step)) {
      step = consumer.poll(Duration.ZERO).records(partition);
      records.addAll(step);
    }
    if (records.size() > limit) {
      records.subList(limit, records.size()).clear();
      ConsumerRecord<byte[], byte[]> last = records.get(limit - 1);
      Place next = place.at(last.offset() + 1, last.leaderEpoch());
      consumer.seek(partition, next.kafka());
      return new Read(records, next, true);
    }
    return new Read(
        records,
        place.at(consumer.position(partition), records.get(records.size() - 1).leaderEpoch()),
        consumer.currentLag(partition).orElse(1) > 0);
  }

  private static long bytes(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().mapToLong(record -> Math.max(0, record.serializedValueSize())).sum();
  }

  /** What went wrong, as the app knows it. */
  private RuntimeException told(
      KafkaException failure, Consumer<byte[], byte[]> consumer, Place place) {
    if (failure instanceof InterruptException) {
      return KafkaFailures.interrupted(failure);
    } else if (failure instanceof LogTruncationException cut) {
      OffsetAndMetadata common = cut.divergentOffsets().get(place.partition().kafka());
      return KafkaFailures.cut(place, common == null ? 0 : common.offset());
    } else if (failure instanceof OffsetOutOfRangeException) {
      return outside(consumer, place);
    }
    return failures.of("read " + place.partition().kafka(), failure);
  }

  /** Why there is nothing at a place. */
  private RuntimeException outside(Consumer<byte[], byte[]> consumer, Place place) {
    try {
      long end = end(consumer, place.partition().kafka());
      return place.offset() > end ? KafkaFailures.cut(place, end) : KafkaFailures.dropped(place);
    } catch (InterruptException stopped) {
      return KafkaFailures.interrupted(stopped);
    } catch (KafkaException failure) {
      return failures.of("tell the end of " + place.partition().kafka(), failure);
    }
  }

  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return Objects.requireNonNull(consumer.endOffsets(Set.of(partition), ANSWER).get(partition));
  }

  private synchronized @Nullable Waiting waitingAt(Place place) {
    if (closed) {
      throw SdkClientException.create("Reading of Kafka is closed");
    }
    return waiting.remove(place);
  }

  private Consumer<byte[], byte[]> take(Place place) {
    Waiting there = waitingAt(place);
    if (there != null) {
      return there.consumer();
    }
    try {
      Consumer<byte[], byte[]> made = new KafkaConsumer<>(config);
      made.assign(Set.of(place.partition().kafka()));
      made.seek(place.partition().kafka(), place.kafka());
      return made;
    } catch (KafkaException failure) {
      throw failures.of("be reached", failure);
    }
  }

  private void giveBack(Place place, Consumer<byte[], byte[]> consumer) {
    List<Consumer<byte[], byte[]>> useless = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      Waiting other =
          closed ? new Waiting(consumer, now) : waiting.put(place, new Waiting(consumer, now));
      if (other != null) {
        useless.add(other.consumer());
      }
      Iterator<Waiting> eldest = waiting.values().iterator();
      while (eldest.hasNext()) {
        Waiting each = eldest.next();
        if (waiting.size() <= MAX_WAITING && now - each.sinceNanos() < MAX_WAITING_NANOS) {
          break;
        }
        useless.add(each.consumer());
        eldest.remove();
      }
    }
    useless.forEach(PartitionReaders::close);
  }

  private static void close(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } catch (InterruptException stopping) {
      // It is closed all the same, and the thread's flag is set.
    }
  }

  @Override
  public void close() {
    List<Waiting> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waiting.values());
      waiting.clear();
    }
    all.forEach(each -> close(each.consumer()));
  }
}

package routes.kafka;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to topics. What it is acknowledged is on all replicas that are in sync; within eight
 * seconds it is, or nobody knows.
 */
final class TopicWriter implements AutoCloseable {

  /** What became of a record. */
  sealed interface Outcome permits Written, Failed {}

  /** It is there. */
  record Written(RecordMetadata place) implements Outcome {}

  /** It is not there, or nobody knows. */
  record Failed(Throwable failure) implements Outcome {}

  private static final int BATCH_BYTES = 256 << 10;

  /** More than the limit of the intakes; the topic's own decides. */
  private static final int RECORD_BYTES = 2 << 20;

  private final Map<String, Object> config;

  @GuardedBy("this")
  private @Nullable Producer<byte[], byte[]> producer;

  @GuardedBy("this")
  private boolean closed;

  TopicWriter(Map<String, String> clients) {
    config = new HashMap<>(clients);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    config.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
  }

  /**
   * Sends them in their order and waits for what becomes of each.
   *
   * @throws KafkaException when nobody knows of any
   */
  List<Outcome> write(List<ProducerRecord<byte[], byte[]>> records) {
    Producer<byte[], byte[]> sending = producer();
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    try {
      while (sent.size() < records.size()
          && (sent.isEmpty() || isTaken(sent.get(sent.size() - 1)))) {
        sent.add(sending.send(records.get(sent.size())));
      }
    } catch (InterruptException stopped) {
      throw stopped;
    } catch (KafkaException | IllegalStateException useless) {
      replace(sending);
      throw new KafkaException(useless.getMessage(), useless);
    }
    List<Outcome> outcomes = new ArrayList<>(records.size());
    for (Future<RecordMetadata> answer : sent) {
      outcomes.add(await(answer));
    }
    while (outcomes.size() < records.size()) {
      outcomes.add(
          new Failed(new TimeoutException("Not sent, as there was no room for those before")));
    }
    return outcomes;
  }

  /** Whether there is room for more: each that waited for it in vain took seconds. */
  private static boolean isTaken(Future<RecordMetadata> last) {
    return !last.isDone()
        || !(await(last) instanceof Failed failed && failed.failure() instanceof TimeoutException);
  }

  private static Outcome await(Future<RecordMetadata> answer) {
    try {
      return new Written(answer.get());
    } catch (ExecutionException failure) {
      return new Failed(Objects.requireNonNullElse(failure.getCause(), failure));
    } catch (InterruptedException stopped) {
      throw new InterruptException(stopped);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (closed) {
      throw new KafkaException("The way to Kafka is closed");
    }
    Producer<byte[], byte[]> now = producer;
    if (now == null) {
      now = new KafkaProducer<>(config);
      producer = now;
    }
    return now;
  }

  private void replace(Producer<byte[], byte[]> useless) {
    synchronized (this) {
      if (producer != useless) {
        return;
      }
      producer = null;
    }
    useless.close(Duration.ZERO);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
      producer = null;
    }
  }
}

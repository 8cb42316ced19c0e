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
import org.apache.kafka.common.errors.RecordTooLargeException;
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
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
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
      records.forEach(record -> sent.add(sending.send(record)));
    } catch (KafkaException | IllegalStateException useless) {
      replace(sending);
      throw new KafkaException(useless.getMessage(), useless);
    }
    List<Outcome> outcomes = new ArrayList<>(records.size());
    for (Future<RecordMetadata> answer : sent) {
      Outcome outcome = await(answer);
      if (outcome instanceof Failed failed && isFinal(failed.failure())) {
        replace(sending);
      }
      outcomes.add(outcome);
    }
    return outcomes;
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

  /** Whether the producer that met it may be of no use any more. */
  private static boolean isFinal(Throwable failure) {
    return !KafkaFailures.isPassing(failure) && !(failure instanceof RecordTooLargeException);
  }

  private synchronized Producer<byte[], byte[]> producer() {
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
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
      producer = null;
    }
  }
}

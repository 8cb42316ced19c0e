package routes.kafka;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** What Kafka says of its topics. All throw exceptions of the SDK, within ten seconds. */
final class Topics implements AutoCloseable {

  private static final int SECONDS_TO_ANSWER = 10;
  private static final long LOOK_MILLIS = 50;

  /** More than a record of Kinesis, whose limits the intakes keep, with what Kafka adds. */
  private static final String MESSAGE_BYTES = Integer.toString(2 << 20);

  /** As the readers do, for whom a partition ends where a transaction is open. */
  private static final ListOffsetsOptions COMMITTED =
      new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final Map<String, Object> config;
  private final KafkaFailures failures;

  @GuardedBy("this")
  private @Nullable Admin admin;

  Topics(Map<String, String> clients, KafkaFailures failures) {
    config = new HashMap<>(clients);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
    config.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    this.failures = failures;
  }

  /** The names of those that people have made. */
  SortedSet<String> names() {
    return new TreeSet<>(await("list topics", admin().listTopics().names()));
  }

  /** The partitions of a topic as it is now. */
  List<Partition> partitions(String topic) {
    TopicDescription found = describe(topic);
    return IntStream.range(0, found.partitions().size())
        .mapToObj(number -> Partition.of(topic, found.topicId(), number))
        .toList();
  }

  /** Throws unless the topic is still the one that the partition is of. */
  void require(Partition partition) {
    String topic = partition.topic();
    if (!Partition.incarnation(topic, describe(topic).topicId()).equals(partition.incarnation())) {
      throw KafkaFailures.gone(partition);
    }
  }

  /**
   * For how long the topic keeps records.
   *
   * @throws SdkClientException when it is compacted: it would keep one record of each service
   */
  Duration retention(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        Objects.requireNonNull(
            await(
                    "tell how the topic %s is set".formatted(topic),
                    admin().describeConfigs(List.of(resource)).all())
                .get(resource));
    if (value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact")) {
      throw SdkClientException.create(
          "The topic %s is compacted, which keeps one record of each service: set its cleanup.policy to delete"
              .formatted(topic));
    }
    long millis = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
    return millis < 0 || millis > FOREVER.toMillis() ? FOREVER : Duration.ofMillis(millis);
  }

  /** Where a partition begins, ends, or has the first record of a time; empty where it has none. */
  Optional<Long> offset(Partition partition, OffsetSpec which) {
    ListOffsetsResultInfo found =
        await(
            "tell the offsets of " + partition.kafka(),
            admin()
                .listOffsets(Map.of(partition.kafka(), which), COMMITTED)
                .partitionResult(partition.kafka()));
    return found.offset() < 0 ? Optional.empty() : Optional.of(found.offset());
  }

  /** Creates a topic, and returns once brokers know of it, which is a moment later. */
  void create(String topic, int partitions) {
    NewTopic made =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime",
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    MESSAGE_BYTES));
    await("create the topic " + topic, admin().createTopics(List.of(made)).all());
    long deadline = System.nanoTime() + SECONDS.toNanos(SECONDS_TO_ANSWER);
    while (!isKnown(topic)) {
      if (System.nanoTime() > deadline) {
        throw SdkClientException.create("The topic %s was made and is not there".formatted(topic));
      }
      try {
        MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException stopped) {
        throw KafkaFailures.interrupted(stopped);
      }
    }
  }

  private boolean isKnown(String topic) {
    try {
      return !partitions(topic).isEmpty() && !retention(topic).isZero();
    } catch (ResourceNotFoundException notYet) {
      return false;
    }
  }

  private TopicDescription describe(String topic) {
    return Objects.requireNonNull(
        await("describe the topic " + topic, admin().describeTopics(List.of(topic)).allTopicNames())
            .get(topic));
  }

  private static String value(Config config, String name) {
    return config.get(name).value();
  }

  private <T> T await(String what, KafkaFuture<T> answer) {
    try {
      return answer.get(SECONDS_TO_ANSWER, SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw failures.of(what, failure);
    } catch (InterruptedException stopped) {
      throw KafkaFailures.interrupted(stopped);
    }
  }

  /**
   * Made when it is asked for first, as names of brokers that cannot be found are no reason not to
   * start.
   */
  private synchronized Admin admin() {
    Admin made = admin;
    if (made == null) {
      try {
        made = Admin.create(config);
      } catch (KafkaException failure) {
        throw failures.of("be reached", failure);
      }
      admin = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}

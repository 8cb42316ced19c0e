package routes.kafka;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kinesis.read.ShardAssignment;
import routes.retry.Attempt;
import routes.retry.Attempts;
import routes.retry.SteadyClock;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * This process's part in a consumer group, which divides the partitions of a topic. It is not asked
 * for records and given no offsets: those are in the checkpoints.
 *
 * <p>The group is one of the classic protocol, in which a process that died is missed as soon as
 * the settings say; of the newer one a broker sets that, 45 seconds unless told otherwise.
 */
@ThreadSafe
final class ConsumerGroup implements ShardAssignment, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerGroup.class);

  /** The least that a broker takes, unless its {@code group.min.session.timeout.ms} says other. */
  private static final Duration SHORTEST_SESSION = Duration.ofSeconds(6);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration HAND_OVER = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int TRIES = 5;
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final String topic;
  private final String group;
  private final Map<String, Object> config;
  private final Topics topics;
  private final Thread thread;

  /** The names of the partitions that are read here, by their numbers. */
  @GuardedBy("this")
  private final Map<Integer, String> held = new HashMap<>();

  /** Of those that are no longer, the names of the ones to be delivered before they go. */
  @GuardedBy("this")
  private final Set<String> leaving = new HashSet<>();

  @GuardedBy("this")
  private @Nullable Attempt joining;

  private volatile @Nullable Consumer<byte[], byte[]> member;
  private volatile Runnable changed = () -> {};
  private volatile boolean closing;

  /**
   * @param topics whose partitions, to be closed by the caller after this
   * @param lease how long a process that gives no sign of life keeps its partitions
   */
  ConsumerGroup(KafkaSettings kafka, Topics topics, String topic, String group, Duration lease) {
    this.topics = topics;
    this.topic = topic;
    this.group = group;
    Duration session = lease.compareTo(SHORTEST_SESSION) < 0 ? SHORTEST_SESSION : lease;
    config = new HashMap<>(kafka.clients());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / 3);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    // When it is seen that partitions were added.
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) LOOK.toMillis());
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    thread = new Thread(this::takePart, "group-" + group);
    thread.setDaemon(true);
  }

  /** Joins the others; returns at once, whether Kafka answers or not. */
  void start() {
    thread.start();
  }

  /** Leaves, so that the others need not miss it first. Nothing may be read any more. */
  @Override
  public void close() {
    closing = true;
    Consumer<byte[], byte[]> now = member;
    if (now != null) {
      now.wakeup();
    }
    synchronized (this) {
      notifyAll();
    }
    try {
      thread.join(2 * LEAVE.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized Optional<Set<String>> shards(String asked) {
    return Optional.of(Set.copyOf(held.values()));
  }

  @Override
  public synchronized List<Attempt> failing() {
    return joining == null ? List.of() : List.of(joining);
  }

  @Override
  public void whenChanged(Runnable look) {
    changed = look;
  }

  @Override
  public synchronized boolean isHandedOver(String shard) {
    return leaving.contains(shard);
  }

  @Override
  public synchronized void settled(Set<String> reading) {
    leaving.retainAll(reading);
    notifyAll();
  }

  private void takePart() {
    while (!closing) {
      beginJoining();
      try {
        Consumer<byte[], byte[]> joined = new KafkaConsumer<>(config);
        try {
          member = joined;
          joined.subscribe(List.of(topic), new Changes(joined));
          stay(joined);
        } finally {
          joined.close(CloseOptions.timeout(LEAVE));
        }
      } catch (WakeupException stopping) {
        // It is closing.
      } catch (RuntimeException failure) {
        notJoined(Attempts.describe(failure));
        LOG.warn(
            "Cannot stay in the consumer group {}: {}; joining again", group, failure.getMessage());
        loseAll();
        pause();
      }
    }
  }

  private void stay(Consumer<byte[], byte[]> joined) {
    long looked = System.nanoTime();
    while (!closing) {
      joined.poll(POLL);
      if (System.nanoTime() - looked > LOOK.toNanos()) {
        looked = System.nanoTime();
        nameAnew();
      }
    }
  }

  private synchronized void pause() {
    try {
      if (!closing) {
        TimeUnit.NANOSECONDS.timedWait(this, PAUSE.toNanos());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void beginJoining() {
    if (joining == null) {
      notJoined("no broker has answered yet");
    }
  }

  private synchronized void notJoined(String why) {
    Instant since = joining == null ? SteadyClock.OF_PROCESS.instant() : joining.since();
    joining = new Attempt("join the consumer group " + group, since, why);
  }

  /** A topic that was made again has other partitions, of the same numbers. */
  private void nameAnew() {
    Map<Integer, String> names;
    try {
      names = names();
    } catch (SdkException away) {
      // Whoever reads the partitions says so, too.
      return;
    }
    boolean differs;
    synchronized (this) {
      Map<Integer, String> before = Map.copyOf(held);
      held.replaceAll((number, name) -> names.getOrDefault(number, name));
      differs = !held.equals(before);
    }
    if (differs) {
      changed.run();
    }
  }

  private Map<Integer, String> names() {
    return topics.partitions(topic).stream().collect(toMap(Partition::number, Partition::name));
  }

  private void loseAll() {
    synchronized (this) {
      held.clear();
    }
    changed.run();
  }

  /** Is told what the group has decided. */
  private final class Changes implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> joined;

    Changes(Consumer<byte[], byte[]> joined) {
      this.joined = joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> more) {
      joined.pause(joined.assignment());
      Map<Integer, String> names = more.isEmpty() ? Map.of() : namesOf(numbers(more));
      synchronized (ConsumerGroup.this) {
        joining = null;
        more.forEach(
            partition -> held.put(partition.partition(), names.get(partition.partition())));
      }
      LOG.info("Got {} of the topic {} from the group {}", numbers(more), topic, group);
      changed.run();
    }

    /** A partition that was added just now is not known to every broker yet. */
    private Map<Integer, String> namesOf(Set<Integer> some) {
      Map<Integer, String> names = names();
      for (int tries = 1; tries < TRIES && !names.keySet().containsAll(some); tries++) {
        pause();
        names = names();
      }
      if (!names.keySet().containsAll(some)) {
        throw new IllegalStateException(
            "Kafka gave partitions %s of the topic %s and has %s"
                .formatted(some, topic, names.keySet()));
      }
      return names;
    }

    /** The group waits for this to return before it gives them to another. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> fewer) {
      Set<Integer> gone = numbers(fewer);
      synchronized (ConsumerGroup.this) {
        gone.forEach(
            number -> {
              String name = held.remove(number);
              if (name != null && !closing) {
                leaving.add(name);
              }
            });
      }
      changed.run();
      awaitDelivered();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> fewer) {
      LOG.warn("Lost {} of the topic {} to the group {}", numbers(fewer), topic, group);
      Set<Integer> gone = numbers(fewer);
      synchronized (ConsumerGroup.this) {
        held.keySet().removeAll(gone);
      }
      changed.run();
    }

    private void awaitDelivered() {
      long deadline = System.nanoTime() + HAND_OVER.toNanos();
      synchronized (ConsumerGroup.this) {
        try {
          for (long left = HAND_OVER.toNanos();
              !leaving.isEmpty() && left > 0 && !closing;
              left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(ConsumerGroup.this, left);
          }
        } catch (InterruptedException stopping) {
          Thread.currentThread().interrupt();
        }
        leaving.clear();
      }
    }

    private Set<Integer> numbers(Collection<TopicPartition> some) {
      return some.stream().map(TopicPartition::partition).collect(toSet());
    }
  }
}

package routes.kafka;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import routes.retry.Attempt;

class ConsumerGroupTest {

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Duration SESSION = Duration.ofSeconds(6);

  private static KafkaBroker broker;

  private final AtomicInteger changes = new AtomicInteger();
  private String topic;
  private Topics topics;
  private ConsumerGroup one;
  private ConsumerGroup other;

  @BeforeAll
  static void startBroker(@TempDir Path folder) throws Exception {
    broker = new KafkaBroker(folder).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    topics = new Topics(broker.settings().clients(), new KafkaFailures("broker"));
    topics.create(topic, 4);
    one = member(broker.address());
    other = member(broker.address());
    one.whenChanged(changes::incrementAndGet);
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
    topics.close();
  }

  @Test
  void members_divide_the_partitions_and_what_goes_is_delivered_before_another_has_it() {
    one.start();
    await().atMost(SOON).until(() -> shards(one).size() == 4);
    Set<String> all = shards(one);
    assertThat(all).isEqualTo(names());
    int before = changes.get();

    other.start();
    await().atMost(SOON).until(() -> shards(one).size() == 2);
    Set<String> gone = Sets.difference(all, shards(one)).immutableCopy();
    assertThat(changes.get()).isGreaterThan(before);
    assertThat(gone).allMatch(one::isHandedOver);
    assertThat(shards(one)).noneMatch(one::isHandedOver);
    assertThat(shards(other)).isEmpty();

    one.settled(all);
    assertThat(gone).allMatch(one::isHandedOver);
    one.settled(shards(one));

    await().atMost(SOON).until(() -> shards(other).size() == 2);
    assertThat(shards(other)).isEqualTo(gone);
    assertThat(gone).noneMatch(one::isHandedOver);
    assertThat(one.failing()).isEmpty();
  }

  @Test
  void who_leaves_is_followed_at_once() {
    one.start();
    await().atMost(SOON).until(() -> shards(one).size() == 4);
    other.start();
    await()
        .atMost(SOON)
        .until(
            () -> {
              one.settled(shards(one));
              return shards(other).size() == 2;
            });

    other.close();

    await().atMost(SOON).until(() -> shards(one).equals(names()));
  }

  @Test
  void who_cannot_join_says_so() {
    try (ConsumerGroup away = member("localhost:1")) {
      away.start();

      await().atMost(SOON).until(() -> !away.failing().isEmpty());
      assertThat(away.failing())
          .extracting(Attempt::what)
          .containsExactly("join the consumer group group-of-" + topic);
      assertThat(shards(away)).isEmpty();
    }
  }

  private ConsumerGroup member(String address) {
    return new ConsumerGroup(settings(address), topics, topic, "group-of-" + topic, SESSION);
  }

  private static KafkaSettings settings(String address) {
    return new KafkaSettings(Map.of("bootstrap.servers", address));
  }

  private Set<String> shards(ConsumerGroup member) {
    return member.shards(topic).orElseThrow();
  }

  private Set<String> names() {
    return topics.partitions(topic).stream().map(Partition::name).collect(toSet());
  }
}

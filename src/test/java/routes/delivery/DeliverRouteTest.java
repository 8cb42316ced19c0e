package routes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import routes.RoutesUnderTest;
import routes.ShardReads;
import routes.deadletter.DeadLetter;
import routes.stream.StreamRead;

class DeliverRouteTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String HOUR = "3600000";

  private final List<String> effects = Collections.synchronizedList(new ArrayList<>());
  private final ShardReads shard = new ShardReads();
  private final Lake lake = Lakes.with(shard.buffer());
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final ExecutorService rejectedThreads = Executors.newFixedThreadPool(2);
  private final GroupSequencer sequencer = new GroupSequencer();
  private final AtomicInteger failures = new AtomicInteger();
  private RoutesUnderTest routes;

  private void start(String flushMillis, String flushRecords, String flushBytes) {
    routes =
        new RoutesUnderTest(
                Map.of(
                    "FLUSH_INTERVAL_MS", flushMillis,
                    "FLUSH_MAX_RECORDS", flushRecords,
                    "MAX_BATCH_BYTES", flushBytes),
                "deliver",
                "errors")
            .source("kinesis-shards", "direct:deliver")
            .bind("partitioner", new Partitioner(lake))
            .bind("open-batches", lake.open())
            .bind("put-controller", new DefaultAggregateController())
            .bind("put-threads", threads)
            .bind("rejected-threads", rejectedThreads)
            .neighbour("direct:dead-letters", this::deadLetter)
            .neighbour("direct:put-object", this::put)
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
    threads.shutdown();
    rejectedThreads.shutdown();
  }

  private void deadLetter(Exchange exchange) {
    effects.add("dead letter " + exchange.getMessage().getBody(DeadLetter.class).content());
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("The queue is away");
    }
  }

  private void put(Exchange exchange) {
    Iterator<@Nullable NewObject> objects =
        sequencer.objects(exchange.getMessage().getBody(Batch.class));
    for (NewObject object = objects.next(); object != null; object = objects.next()) {
      Batch batch = object.batch();
      effects.add(
          "put %s %s-%s"
              .formatted(
                  batch.group().replaceFirst("/.*", ""),
                  batch.first().sequenceNumber(),
                  batch.last().sequenceNumber()));
      sequencer.delivered(object);
    }
  }

  @Test
  void poison_is_on_its_queue_before_anything_of_its_read_is_put() {
    failures.set(1);
    start(HOUR, "1", "5MB");

    Exchange read =
        routes.send("direct:deliver", shard.read(ShardReads.line("a", 1), "poison", "poison too"));

    assertThat(read.getException()).isNull();
    await().atMost(SOON).until(() -> shard.ledger().isDelivered());
    assertThat(effects).hasSize(4).endsWith("put service=a 101-101");
    assertThat(Set.copyOf(effects))
        .containsExactlyInAnyOrder(
            "dead letter poison", "dead letter poison too", "put service=a 101-101");
  }

  @Test
  void nothing_counts_as_a_dead_letter_before_all_of_its_read_are_on_the_queue() {
    failures.set(Integer.MAX_VALUE);
    start(HOUR, "1", "5MB");
    StreamRead read = shard.read("poison", "poison too");
    Thread reader = new Thread(() -> routes.send("direct:deliver", read));
    reader.start();

    await().atMost(SOON).until(() -> effects.size() > 3);

    assertThat(shard.ledger().checkpoint().beyond()).isEmpty();
    failures.set(0);
    await().atMost(SOON).until(() -> shard.ledger().checkpoint().beyond().containsKey("poison"));
  }

  @Test
  void looking_into_a_body_does_not_look_at_the_bytes_in_it() {
    start(HOUR, "1", "5MB");
    StreamRead read = shard.read(ShardReads.line("a", 1), "poison");
    Grouping sorted = new Partitioner(lake).partition(read);

    DeadLetter letter = sorted.rejected().get(0);

    assertThat(List.of(read, sorted, sorted.batches().get(0)))
        .allSatisfy(body -> assertThat(body).hasSameHashCodeAs(identity(body)));
    assertThat(letter).hasSameHashCodeAs(letter.id());
  }

  private static Object identity(Object body) {
    return new Object() {
      @Override
      public int hashCode() {
        return System.identityHashCode(body);
      }
    };
  }

  @Test
  void records_close_an_object_for_each_group() {
    start(HOUR, "2", "5MB");

    routes.send("direct:deliver", shard.read(ShardReads.line("a", 1), ShardReads.line("b", 1)));
    routes.send("direct:deliver", shard.read(ShardReads.line("a", 2), ShardReads.line("c", 1)));

    await().atMost(SOON).until(() -> closedBy(CloseReason.RECORDS) == 1);
    assertThat(effects).containsExactly("put service=a 101-103");
    assertThat(shard.ledger().isDelivered()).isFalse();
  }

  @Test
  void bytes_close_an_object() {
    start(HOUR, "1000", "100");

    routes.send("direct:deliver", shard.read(ShardReads.line("a", 1)));
    routes.send("direct:deliver", shard.read(ShardReads.line("a", 2)));

    await().atMost(SOON).until(() -> closedBy(CloseReason.SIZE) == 1);
    assertThat(effects).containsExactly("put service=a 101-102");
  }

  @Test
  void age_closes_an_object() {
    start("100", "1000", "5MB");

    routes.send("direct:deliver", shard.read(ShardReads.line("a", 1)));

    await().atMost(SOON).until(() -> closedBy(CloseReason.AGE) == 1);
    assertThat(effects).containsExactly("put service=a 101-101");
  }

  @Test
  void a_read_that_comes_again_is_not_taken_twice() {
    start(HOUR, "2", "5MB");
    var read = shard.read(ShardReads.line("a", 1), "poison");

    routes.send("direct:deliver", read);
    routes.send("direct:deliver", read);
    routes.send("direct:deliver", shard.read(ShardReads.line("a", 2)));

    await().atMost(SOON).until(() -> shard.ledger().isDelivered());
    assertThat(effects).containsExactly("dead letter poison", "put service=a 101-103");
  }

  @Test
  void a_stop_puts_what_is_open() {
    start(HOUR, "1000", "5MB");
    routes.send("direct:deliver", shard.read(ShardReads.line("a", 1), ShardReads.line("b", 1)));

    routes.close();

    assertThat(effects).containsExactlyInAnyOrder("put service=a 101-101", "put service=b 102-102");
    assertThat(closedBy(CloseReason.STOP)).isEqualTo(2);
    assertThat(shard.ledger().isDelivered()).isTrue();
  }

  private long closedBy(CloseReason reason) {
    return lake.counts().objects(reason);
  }
}

package routes.kinesis.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import routes.ledger.Position;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;

class HeldShardsTest {

  private static final long LONG = 60_000;

  private final HeldShards held = new HeldShards("logs", List::of);
  private final AtomicInteger changes = new AtomicInteger();

  HeldShardsTest() {
    held.whenChanged(changes::incrementAndGet);
  }

  @Test
  void a_shard_is_to_be_read_from_taking_its_lease_to_losing_it() {
    HeldShard shard = take("shard-1");
    assertThat(held.shards("logs")).isEqualTo(Optional.of(Set.of("shard-1")));

    shard.leaseLost(LeaseLostInput.builder().build());

    assertThat(held.shards("logs")).isEqualTo(Optional.of(Set.of()));
    assertThat(held.isHandedOver("shard-1")).isFalse();
    assertThat(changes).hasValue(2);
  }

  @Test
  void a_lease_is_kept_until_its_shard_is_let_go() {
    HeldShard shard = take("shard-1");
    CompletableFuture<Void> handOver =
        CompletableFuture.runAsync(
            () -> shard.shutdownRequested(ShutdownRequestedInput.builder().build()));
    await().until(() -> held.shards("logs").orElseThrow().isEmpty());
    assertThat(held.isHandedOver("shard-1")).isTrue();

    held.settled(Set.of("shard-1", "shard-2"));
    assertThat(handOver).isNotDone();

    held.settled(Set.of("shard-2"));
    handOver.join();
  }

  @Test
  void losing_an_earlier_lease_does_not_end_a_later_one() {
    HeldShard earlier = take("shard-1");
    take("shard-1");

    earlier.leaseLost(LeaseLostInput.builder().build());

    assertThat(held.shards("logs")).isEqualTo(Optional.of(Set.of("shard-1")));
  }

  @Test
  void the_end_of_a_shard_names_its_children_and_all_their_parents() {
    CompletableFuture<List<ChildShard>> end = held.end("shard-1");
    assertThat(end).isNotDone();

    held.finished(
        "shard-1",
        List.of(
            Shard.builder()
                .shardId("shard-3")
                .parentShardId("shard-1")
                .adjacentParentShardId("shard-2")
                .build()));

    assertThat(end.join())
        .containsExactly(
            ChildShard.builder().shardId("shard-3").parentShards("shard-1", "shard-2").build());
  }

  @Test
  void a_shard_of_which_nothing_is_delivered_has_no_place() {
    held.progress("shard-1", 0, Position.START);
    assertThat(held.delivered("shard-1")).isEmpty();

    held.progress("shard-1", 0, new Position("495", 3));
    assertThat(held.delivered("shard-1")).contains("495");
  }

  @Test
  void another_stream_is_refused() {
    assertThatThrownBy(() -> held.shards("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "With SHARD_COORDINATION=kcl only KINESIS_STREAM_NAME=logs can be read, not other");
  }

  private HeldShard take(String name) {
    HeldShard shard = new HeldShard(held, LONG);
    shard.initialize(InitializationInput.builder().shardId(name).build());
    return shard;
  }
}

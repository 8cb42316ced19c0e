package routes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import routes.RoutesUnderTest;
import routes.ShardReads;
import routes.cloud.ConditionalPuts;
import routes.ledger.Position;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class PutObjectRouteTest {

  private static final String GROUP = ShardReads.PARTITION.formatted("a");
  private static final String THREE_LINES =
      "%s\n%s\n%s\n"
          .formatted(ShardReads.line("a", 1), ShardReads.line("a", 2), ShardReads.line("a", 3));

  private final ScriptedS3 s3 = new ScriptedS3();
  private final ShardReads shard = new ShardReads();
  private final Lake lake = Lakes.with(shard.buffer());
  private final GroupSequencer sequencer = new GroupSequencer();
  private RoutesUnderTest routes;

  @BeforeEach
  void start() {
    routes =
        new RoutesUnderTest(
                Map.of("TARGET_BUCKET", "lake", "KINESIS_STREAM_NAME", "logs"),
                "put-object",
                "errors")
            .bind("s3", s3)
            .bind("conditional-puts", new ConditionalPuts(s3, "state", false, Clock.systemUTC()))
            .bind("group-sequencer", sequencer)
            .bind("resume", new Resume(s3, sequencer))
            .caller("direct:deliver", "wait-and-retry", "direct:put-object")
            .start();
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void a_batch_is_put_as_one_object_if_there_is_none() {
    Batch batch = threeRecords();

    Exchange done = routes.send("direct:deliver", batch);

    assertThat(done.getException()).isNull();
    assertThat(s3.puts())
        .singleElement()
        .satisfies(
            put -> {
              PutObjectRequest request = put.request();
              assertThat(request.bucket()).isEqualTo("lake");
              assertThat(request.key()).isEqualTo(key(batch)).startsWith(GROUP + "/part-");
              assertThat(request.ifNoneMatch()).isEqualTo("*");
              assertThat(request.metadata()).isEqualTo(new NewObject(batch, batch).metadata());
              assertThat(put.content()).isEqualTo(THREE_LINES);
            });
    assertThat(shard.ledger().deliveredTo(GROUP)).isEqualTo(new Position("103", 0));
    assertThat(shard.buffer().used()).isZero();
  }

  @Test
  void after_an_object_that_is_there_the_rest_is_put() {
    Batch batch = threeRecords();
    s3.holds(key(batch), upTo("102"));

    Exchange done = routes.send("direct:deliver", batch);

    assertThat(done.getException()).isNull();
    assertThat(s3.puts()).hasSize(2);
    assertThat(s3.puts().get(1).content()).isEqualTo(ShardReads.line("a", 3) + "\n");
    assertThat(lake.counts().resumed()).isEqualTo(1);
    assertThat(shard.ledger().deliveredTo(GROUP)).isEqualTo(new Position("103", 0));
    assertThat(shard.buffer().used()).isZero();
  }

  @Test
  void nothing_is_put_of_a_batch_that_is_there_as_a_whole() {
    Batch batch = threeRecords();
    s3.lists(key(batch), upTo("103"));

    Exchange done = routes.send("direct:deliver", batch);

    assertThat(done.getException()).isNull();
    assertThat(s3.puts()).isEmpty();
    assertThat(shard.ledger().isDelivered()).isTrue();
  }

  @Test
  void a_batch_that_overtook_another_is_put_after_it() {
    Batch first = closed(ShardReads.line("a", 1));
    Batch second = closed(ShardReads.line("a", 2));

    Exchange early = routes.send("direct:deliver", second);
    assertThat(s3.puts()).isEmpty();
    Exchange late = routes.send("direct:deliver", first);

    assertThat(early.getException()).isNull();
    assertThat(late.getException()).isNull();
    assertThat(s3.puts())
        .extracting(ScriptedS3.Put::content)
        .containsExactly(ShardReads.line("a", 1) + "\n", ShardReads.line("a", 2) + "\n");
    assertThat(shard.ledger().isDelivered()).isTrue();
    assertThat(shard.buffer().used()).isZero();
  }

  @Test
  void whatever_s3_answers_the_same_object_is_tried_again() {
    s3.fail(500, 403);

    Exchange done = routes.send("direct:deliver", threeRecords());

    assertThat(done.getException()).isNull();
    assertThat(s3.puts()).hasSize(3);
    assertThat(s3.puts().stream().map(put -> put.request().key()).distinct()).hasSize(1);
    assertThat(s3.puts()).allSatisfy(put -> assertThat(put.content()).isEqualTo(THREE_LINES));
    assertThat(shard.ledger().isDelivered()).isTrue();
  }

  @Test
  void the_route_starts_while_s3_is_away_and_delivers_when_it_is_back() {
    stop();
    s3.hidesBuckets(500, 503);
    start();

    Exchange done = routes.send("direct:deliver", threeRecords());

    assertThat(done.getException()).isNull();
    assertThat(s3.puts())
        .singleElement()
        .extracting(ScriptedS3.Put::content)
        .isEqualTo(THREE_LINES);
    assertThat(shard.ledger().isDelivered()).isTrue();
  }

  @Test
  void what_is_moved_away_between_the_put_and_the_look_at_it_is_put_again_from_the_start() {
    Batch batch = threeRecords();
    s3.holds(key(batch), Map.of());
    s3.whenLookedAt(() -> s3.moveAway(key(batch)));

    Exchange done = routes.send("direct:deliver", batch);

    assertThat(done.getException()).isNull();
    assertThat(s3.puts()).hasSize(2);
    assertThat(s3.metadata(key(batch))).isEqualTo(new NewObject(batch, batch).metadata());
    assertThat(shard.ledger().isDelivered()).isTrue();
    assertThat(shard.buffer().used()).isZero();
  }

  @Test
  void what_an_earlier_run_has_left_is_resumed_though_the_next_put_fails() {
    Batch batch = threeRecords();
    s3.lists(key(batch), upTo("102"));
    s3.fail(503);

    Exchange done = routes.send("direct:deliver", batch);

    assertThat(done.getException()).isNull();
    assertThat(s3.puts()).hasSize(2);
    assertThat(s3.puts())
        .allSatisfy(put -> assertThat(put.content()).isEqualTo(ShardReads.line("a", 3) + "\n"));
    assertThat(lake.counts().resumed()).isEqualTo(1);
    assertThat(shard.ledger().isDelivered()).isTrue();
    assertThat(shard.buffer().used()).isZero();
  }

  private static String key(Batch batch) {
    return new NewObject(batch, batch).key();
  }

  private static Map<String, String> upTo(String sequenceNumber) {
    return Map.of(
        "shard",
        ShardReads.SHARD.toString(),
        "last-sequence-number",
        sequenceNumber,
        "last-index",
        "0");
  }

  private Batch threeRecords() {
    return closed(ShardReads.line("a", 1), ShardReads.line("a", 2), ShardReads.line("a", 3));
  }

  private Batch closed(String... lines) {
    Batch batch = new Partitioner(lake).partition(shard.read(lines)).batches().get(0);
    return lake.open().append(null, batch);
  }
}

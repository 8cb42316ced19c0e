package routes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.delivery.Lakes;
import routes.format.Compression;
import routes.format.JsonLines;
import routes.ledger.Checkpoint;
import routes.ledger.DeliveryBuffer;
import routes.ledger.Position;
import routes.ledger.ShardId;
import routes.ledger.ShardLedger;
import routes.retry.Attempt;
import routes.spool.Spool;
import routes.stream.Gap;
import routes.stream.ReadingStatus;
import routes.stream.ShardStatus;

class DeliveryCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final DeliveryBuffer buffer = new DeliveryBuffer(1_000);
  private Optional<Spool> spool = Optional.empty();

  @Test
  void being_far_behind_with_a_full_buffer_is_told_but_not_down() {
    ShardLedger ledger = new ShardLedger(Checkpoint.NONE);
    buffer.open(ledger);
    buffer.take(ledger, 1_200);

    HealthCheck.Result result =
        check(
            shard("shard-0", Duration.ofMillis(900), null),
            shard("shard-1", Duration.ofHours(7), null));

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage())
        .contains(
            "shard-1 is 25200 s behind; 1200 of 1000 bytes wait to be delivered: reading waits for room");
    assertThat(result.getDetails())
        .containsEntry("lag.seconds.shard-0", 0L)
        .containsEntry("lag.seconds.shard-1", 25_200L)
        .containsEntry("buffer.bytes", 1_200L)
        .containsEntry("buffer.limit.bytes", 1_000L);
  }

  @Test
  void a_disk_that_cannot_be_used_is_told_but_not_down(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("spool"));
    spool = Optional.of(Spool.open(file, 5_000));

    HealthCheck.Result result = check();

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage().orElseThrow())
        .contains("SPOOL_DIR " + file + " cannot be used (")
        .contains("FileAlreadyExistsException")
        .contains("): objects are closed early, and smaller");
    assertThat(result.getDetails())
        .containsEntry("spool.bytes", 0L)
        .containsEntry("spool.limit.bytes", 5_000L);
  }

  @Test
  void what_is_stuck_is_down_with_its_reason_first() {
    HealthCheck.Result result =
        check(
            shard(
                "shard-0",
                Duration.ofSeconds(50),
                new Attempt("read", NOW.minusSeconds(40), "Access denied")));

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage())
        .contains(
            "Cannot read for 40 s now: Access denied; shard-0 is 50 s behind; 0 of 1000 bytes wait to be delivered");
  }

  @Test
  void a_process_that_holds_no_shard_is_ready_for_one() {
    HealthCheck.Result result = check();

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage())
        .contains("No shard is read here; 0 of 1000 bytes wait to be delivered");
  }

  @Test
  void what_waits_for_the_shards_it_came_from_is_named() {
    HealthCheck.Result result =
        check(
            new ReadingStatus(
                List.of(), List.of(), List.of("shard-7", "shard-8"), List.of(), List.of()));

    assertThat(result.getMessage())
        .contains(
            "No shard is read here; 2 shards wait until those they came from are delivered, the first is shard-7; 0 of 1000 bytes wait to be delivered");
  }

  @Test
  void a_stream_that_is_shared_and_read_by_nobody_here_shows_what_waits_on_it() {
    HealthCheck.Result result =
        check(
            new ReadingStatus(
                List.of(),
                List.of(shard("shard-0", Duration.ofSeconds(70), null)),
                List.of(),
                List.of(
                    new Attempt("call dynamodb:Scan on camel-app", NOW.minusSeconds(20), "denied")),
                List.of()));

    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage())
        .contains(
            "Cannot call dynamodb:Scan on camel-app for 20 s now: denied; No shard is read here; shard-0 is 70 s behind; 0 of 1000 bytes wait to be delivered");
    assertThat(result.getDetails()).containsEntry("lag.seconds.shard-0", 70L);
  }

  @Test
  void records_about_to_be_dropped_and_records_dropped_are_told() {
    ShardId shard = new ShardId("logs", Instant.EPOCH, "shard-0");
    HealthCheck.Result result =
        check(
            new ReadingStatus(
                List.of(
                    new ShardStatus(shard, Duration.ofHours(20), 0, null, Duration.ofHours(24))),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Gap(shard, Position.endOf("10"), "30", NOW))));

    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getMessage().orElseThrow())
        .contains("shard-0: in 240 min the stream drops records that are not delivered")
        .contains("no longer holds sequence number 10")
        .contains("it begins at 30");
  }

  private HealthCheck.Result check(ShardStatus... shards) {
    return check(new ReadingStatus(List.of(shards), List.of(), List.of(), List.of(), List.of()));
  }

  private HealthCheck.Result check(ReadingStatus status) {
    DeliveryProgress progress =
        new DeliveryProgress(
            () -> status, List::of, new LastFailure(), Clock.fixed(NOW, ZoneOffset.UTC));
    return new DeliveryCheck(Lakes.with(buffer, new JsonLines(Compression.NONE), spool), progress)
        .call();
  }

  private static ShardStatus shard(String name, Duration lag, @Nullable Attempt attempt) {
    return new ShardStatus(
        new ShardId("logs", Instant.EPOCH, name), lag, 0, attempt, Duration.ofDays(7));
  }
}

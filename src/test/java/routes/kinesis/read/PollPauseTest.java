package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;

class PollPauseTest {

  private static final ShardRead NOTHING =
      new ShardRead(List.of(), OneShard.ID.hashKeys(), 0, false, false);

  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void a_shard_on_which_something_came_lately_rests_for_the_poll_interval() {
    PollPause pause = new PollPause(1_000, () -> now);
    now = now.plusSeconds(59);

    assertThat(pause.after(NOTHING)).isEqualTo(1_000);
  }

  @Test
  void a_shard_that_has_been_quiet_for_a_minute_rests_for_five_seconds_until_something_comes() {
    PollPause pause = new PollPause(1_000, () -> now);
    now = now.plusSeconds(60);

    assertThat(pause.after(NOTHING)).isEqualTo(5_000);
    assertThat(pause.after(read(0))).isEqualTo(1_000);
    assertThat(pause.after(NOTHING)).isEqualTo(1_000);
  }

  @Test
  void a_longer_poll_interval_stays() {
    PollPause pause = new PollPause(30_000, () -> now);
    now = now.plusSeconds(60);

    assertThat(pause.after(NOTHING)).isEqualTo(30_000);
  }

  @Test
  void a_shard_with_more_to_read_does_not_rest() {
    assertThat(new PollPause(1_000, () -> now).after(read(10))).isZero();
  }

  @Test
  void who_follows_another_reader_comes_a_little_after_it() {
    PollPause pause = new PollPause(1_000, () -> now);

    assertThat(pause.after(NOTHING.asOf(Duration.ofMillis(300)))).isEqualTo(720);
    assertThat(pause.after(NOTHING.asOf(Duration.ZERO))).isEqualTo(1_019);
    assertThat(pause.after(NOTHING.asOf(Duration.ofSeconds(9)))).isEqualTo(20);
  }

  private ShardRead read(long behindMillis) {
    KinesisRecord record = new KinesisRecord("1", now, ByteSlice.utf8("{}"));
    return new ShardRead(List.of(record), OneShard.ID.hashKeys(), behindMillis, false, false);
  }
}

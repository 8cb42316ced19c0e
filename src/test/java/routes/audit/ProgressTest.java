package routes.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import routes.ledger.ShardId;

class ProgressTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-20T10:00:00Z");
  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shardId-000000000003");

  @Test
  void a_long_run_says_every_ten_seconds_how_far_it_is() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong seconds = new AtomicLong();
    Progress progress =
        new Progress(new PrintStream(out, true, UTF_8), () -> Instant.ofEpochSecond(seconds.get()));

    for (int i = 0; i < 1_500_000; i++) {
      seconds.set(i / 100_000);
      progress.read(SHARD, ARRIVAL);
    }

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "      1,001,000 read so far, of shardId-000000000003 now what arrived at"
                + " 2026-11-20T10:00:00Z");
  }

  @Test
  void a_short_one_says_nothing() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(out, true, UTF_8), () -> Instant.EPOCH);

    for (int i = 0; i < 10_000; i++) {
      progress.read(SHARD, ARRIVAL);
    }

    assertThat(out.size()).isZero();
  }
}

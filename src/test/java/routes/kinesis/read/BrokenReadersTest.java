package routes.kinesis.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import routes.ledger.ShardId;
import routes.retry.Attempt;

class BrokenReadersTest {

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private Instant now = START;
  private final BrokenReaders readers = new BrokenReaders(() -> now);

  @Test
  void one_break_is_none_to_tell_of() {
    breaks("a");

    assertThat(readers.failing()).isEmpty();
  }

  @Test
  void breaks_that_follow_each_other_are_told_since_the_first() {
    breaks("a");
    pass(Duration.ofSeconds(50));
    breaks("b");
    pass(Duration.ofSeconds(50));
    breaks("a");

    assertThat(readers.failing()).extracting(Attempt::since).containsExactlyInAnyOrder(START);
    assertThat(readers.failing().get(0).failure()).contains("told to break in a");
  }

  @Test
  void it_is_over_when_the_last_reader_has_held_for_a_while() {
    breaks("a");
    breaks("b");
    pass(Duration.ofSeconds(1));
    breaks("a");
    breaks("b");
    pass(Duration.ofSeconds(121));

    assertThat(readers.failing()).isEmpty();

    breaks("a");

    assertThat(readers.failing()).isEmpty();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void breaks(String shard) {
    readers.add(
        new ShardId("logs", START, shard), new OutOfMemoryError("told to break in " + shard));
  }
}

package routes.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsGuardTest {

  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shard-0");

  @Test
  void unfinished_objects_do_not_go_on_under_other_settings() {
    assertThatThrownBy(() -> guard("48", false).check(SHARD, document("24", false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "logs/0/shard-0", "MAX_FUTURE_HOURS=24, now 48:", "ACCEPT_SETTINGS_CHANGE=true")
        .hasMessageNotContaining("names");
  }

  @Test
  void after_a_stop_in_order_settings_may_change() {
    assertThatCode(() -> guard("48", false).check(SHARD, document("24", true)))
        .doesNotThrowAnyException();
  }

  @Test
  void a_shard_that_is_finished_has_nothing_under_way() {
    Checkpoint finished = new Checkpoint(Position.START, null, Map.of(), null, true, Account.NONE);
    CheckpointDocument document = CheckpointDocument.of(finished, settings("24"), false);

    assertThatCode(() -> guard("48", false).check(SHARD, document)).doesNotThrowAnyException();
  }

  @Test
  void the_same_settings_go_on() {
    assertThatCode(() -> guard("24", false).check(SHARD, document("24", false)))
        .doesNotThrowAnyException();
  }

  @Test
  void an_operator_may_accept_the_change() {
    assertThatCode(() -> guard("48", true).check(SHARD, document("24", false)))
        .doesNotThrowAnyException();
  }

  private static SettingsGuard guard(String maxFuture, boolean acceptsChange) {
    return new SettingsGuard(settings(maxFuture), acceptsChange);
  }

  private static CheckpointDocument document(String maxFuture, boolean clean) {
    return CheckpointDocument.of(Checkpoint.NONE, settings(maxFuture), clean);
  }

  private static SortedMap<String, String> settings(String maxFuture) {
    return new TreeMap<>(Map.of("MAX_FUTURE_HOURS", maxFuture, "names", "timestamp,ts"));
  }
}

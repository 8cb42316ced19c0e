package routes.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettingsGuardTest {

  private static final ShardId SHARD = new ShardId("logs", Instant.EPOCH, "shard-0");

  @Test
  void unfinished_objects_do_not_go_on_under_other_settings() {
    assertThatThrownBy(() -> new SettingsGuard("new", false).check(SHARD, document("old", false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("logs/0/shard-0", "old", "new", "ACCEPT_SETTINGS_CHANGE=true");
  }

  @Test
  void after_a_stop_in_order_settings_may_change() {
    assertThatCode(() -> new SettingsGuard("new", false).check(SHARD, document("old", true)))
        .doesNotThrowAnyException();
  }

  @Test
  void the_same_settings_go_on() {
    assertThatCode(() -> new SettingsGuard("old", false).check(SHARD, document("old", false)))
        .doesNotThrowAnyException();
  }

  @Test
  void an_operator_may_accept_the_change() {
    assertThatCode(() -> new SettingsGuard("new", true).check(SHARD, document("old", false)))
        .doesNotThrowAnyException();
  }

  private static CheckpointDocument document(String settings, boolean clean) {
    return CheckpointDocument.of(Checkpoint.NONE, settings, clean);
  }
}

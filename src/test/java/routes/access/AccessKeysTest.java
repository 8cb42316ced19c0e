package routes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import routes.settings.Secret;

class AccessKeysTest {

  private final AccessKeys keys = new AccessKeys(List.of(new Secret("one"), new Secret("zwei€")));

  @Test
  void only_the_keys_themselves_are_accepted() {
    assertThat(keys.contain("one")).isTrue();
    assertThat(keys.contain("zwei€")).isTrue();
    assertThat(List.of("", "on", "One", "one ", "onetwo", "(secret)")).noneMatch(keys::contain);
  }

  @Test
  void no_keys_mean_an_open_door() {
    assertThat(keys.areNeeded()).isTrue();
    assertThat(new AccessKeys(List.of()).areNeeded()).isFalse();
    assertThat(new AccessKeys(List.of()).contain("")).isFalse();
  }
}

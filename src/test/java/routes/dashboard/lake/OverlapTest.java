package routes.dashboard.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import routes.json.ByteSlice;

class OverlapTest {

  private static final ByteSlice LINE = ByteSlice.utf8("{\"message\":\"one\"}");

  private final Overlap overlap = new Overlap();

  @Test
  void aLineOfTheStreamIsFoundAgainInOneObject() {
    overlap.add(LINE);

    assertThat(overlap.take(LINE, "a")).isTrue();
    assertThat(overlap.take(LINE, "b")).isFalse();
    assertThat(overlap.take(ByteSlice.utf8("{}"), "a")).isFalse();
  }

  @Test
  void anObjectThatIsReadAgainHasItStill() {
    overlap.add(LINE);
    overlap.add(LINE);

    assertThat(overlap.take(LINE, "a")).isTrue();
    assertThat(overlap.take(LINE, "a")).isTrue();
    assertThat(overlap.take(LINE, "b")).isTrue();
    assertThat(overlap.take(LINE, "c")).isFalse();
  }
}

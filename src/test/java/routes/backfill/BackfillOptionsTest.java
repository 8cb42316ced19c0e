package routes.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillOptionsTest {

  @Test
  void hours_are_counted_since_1970() {
    assertThat(parse("--to", "1970-01-02T01:00:00Z", "--from", "1970-01-01T03:00:00Z"))
        .isEqualTo(new BackfillOptions(3, 25, Optional.empty()));
    assertThat(
            parse(
                "--from", "1970-01-01T00:00:00Z", "--to", "1970-01-01T01:00:00Z", "--service", "a"))
        .isEqualTo(new BackfillOptions(0, 1, Optional.of("a")));
  }

  @Test
  void what_is_no_option_is_named() {
    assertRefused("--from and --to: both are needed");
    assertRefused("--from and --to", "--from", "1970-01-01T03:00:00Z");
    assertRefused(
        "--from and --to", "--from", "1970-01-01T03:00:00Z", "--to", "1970-01-01T03:00:00Z");
    assertRefused(
        "--from=2026-11-20T08:30:00Z: must be a full hour", "--from", "2026-11-20T08:30:00Z");
    assertRefused("--to=noon: must be a full hour", "--to", "noon");
    assertRefused("--from=1969-12-31T00:00:00Z: must be", "--from", "1969-12-31T00:00:00Z");
    assertRefused("--layer: is no option", "--layer", "raw");
    assertRefused("--to: needs a value", "--to");
  }

  private static BackfillOptions parse(String... arguments) {
    return BackfillOptions.parse(List.of(arguments));
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(arguments))
        .withMessageStartingWith(message);
  }
}

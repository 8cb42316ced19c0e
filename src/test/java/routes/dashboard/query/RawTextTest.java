package routes.dashboard.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.json.ByteSlice;

class RawTextTest {

  private static final String LINE =
      "{\"trace_id\":\"4BF92f3577b34da6\",\"at\":\"10:05\",\"n\":12}";

  @ParameterizedTest
  @ValueSource(
      strings = {"4bf92f3577b34da6", "4BF92F3577B34DA6", "f92f35", "{\"trace", ":12}", "10:05"})
  void whatIsThereIsNotMissing(String text) {
    assertThat(RawText.of(text).orElseThrow().isMissing(ByteSlice.utf8(LINE), true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4bf92f3577b34da7", "3577b35", "12}}", "x{\"trace", "10:06", "77b3 4da6"})
  void whatIsNotThereIsMissing(String text) {
    assertThat(RawText.of(text).orElseThrow().isMissing(ByteSlice.utf8(LINE), true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'kelvin 10 \u212a', true", "'a \\u0031\\u0032', true"})
  void whereALetterMayBeAnotherItIsNotKnown(String line, boolean escaped) {
    assertThat(RawText.of("k 12").orElseThrow().isMissing(ByteSlice.utf8(line), escaped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"timeout", "a1b2c", "1", "", "\u00fc 12"})
  void whatHasNoTwoCharactersWithoutCaseIsFoundOtherwise(String text) {
    assertThat(RawText.of(text)).isEmpty();
  }
}

package routes.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.json.ByteSlice;

class PreviewTest {

  private static final int LIMIT = 10_000;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void what_is_compressed_is_shown_as_what_it_was(Compression compression) {
    ByteSlice text = ByteSlice.utf8("{\"message\":\"shown\"}\n");
    byte[] packed = Packed.with(compression, text.toByteArray());
    byte[] twice = Arrays.copyOf(packed, packed.length * 2);
    System.arraycopy(packed, 0, twice, packed.length, packed.length);

    assertThat(Preview.of(ByteSlice.of(packed), LIMIT))
        .isEqualTo(new Preview(text, compression.toString()));
    assertThat(Preview.of(ByteSlice.of(twice), LIMIT))
        .isEqualTo(new Preview(ByteSlice.utf8(text + "" + text), compression.toString()));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZLIB"})
  void of_what_is_long_the_beginning_is_shown(Compression compression) {
    byte[] packed = Packed.with(compression, new byte[1 << 20]);

    assertThat(Preview.of(ByteSlice.of(packed), LIMIT))
        .isEqualTo(new Preview(ByteSlice.of(new byte[LIMIT]), compression.toString()));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void what_cannot_be_decompressed_is_shown_as_it_is(Compression compression) {
    byte[] packed = Packed.with(compression, new byte[100]);
    ByteSlice cut = ByteSlice.of(packed).slice(0, packed.length - 1);

    assertThat(Preview.of(cut, LIMIT)).isEqualTo(new Preview(cut, "text"));
  }

  @Test
  void text_is_shown_as_it_is() {
    assertThat(Preview.of(ByteSlice.utf8("x^2"), LIMIT))
        .isEqualTo(new Preview(ByteSlice.utf8("x^2"), "text"));
  }
}

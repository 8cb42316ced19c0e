package routes.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The scans over raw bytes against their obvious, slow counterparts. */
class ByteScansTest {

  @Property
  void plain_ascii_is_found_as_byte_by_byte(
      @ForAll("mostlyPlain") byte[] bytes, @ForAll int start) {
    ByteSlice slice = tail(bytes, start);
    boolean expected = true;
    for (byte b : slice.toByteArray()) {
      expected &= b >= ' ';
    }

    assertThat(PlainAscii.covers(slice)).isEqualTo(expected);
  }

  @Property
  void line_feeds_are_found_as_byte_by_byte(@ForAll byte[] bytes, @ForAll int start) {
    ByteSlice slice = tail(bytes, start);
    int found = ByteSearch.find('\n', bytes, slice.offset(), slice.end());

    assertThat(Arrays.copyOfRange(bytes, slice.offset(), found)).doesNotContain('\n');
    assertThat(found == slice.end() || bytes[found] == '\n').isTrue();
  }

  @Property
  void a_lone_line_feed_is_found_anywhere(@ForAll("mostlyPlain") byte[] bytes, @ForAll int at) {
    Assume.that(bytes.length > 0);
    byte[] copy = bytes.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i] == '\n' ? (byte) '\u000B' : copy[i];
    }
    int index = Math.floorMod(at, copy.length);
    copy[index] = '\n';

    assertThat(ByteSearch.find('\n', copy, 0, copy.length)).isEqualTo(index);
  }

  @Property(tries = 3000)
  void plain_text_ends_where_it_does_byte_by_byte(
      @ForAll("mostlyPlain") byte[] bytes, @ForAll int start) {
    ByteSlice slice = tail(bytes, start);
    int expected = slice.offset();
    while (expected < slice.end()
        && bytes[expected] != '"'
        && bytes[expected] != '\\'
        && Byte.toUnsignedInt(bytes[expected]) >= ' ') {
      expected++;
    }

    assertThat(ByteSearch.findEndOfPlainText(bytes, slice.offset(), slice.end()))
        .isEqualTo(expected);
  }

  @Property(tries = 3000)
  void a_pair_is_found_as_byte_by_byte(@ForAll("backslashes") String text, @ForAll int start) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteSlice slice = tail(bytes, start);
    int expected =
        new String(bytes, slice.offset(), slice.length(), StandardCharsets.ISO_8859_1)
            .indexOf("\\u");

    assertThat(ByteSearch.findPair('\\', 'u', bytes, slice.offset(), slice.end()))
        .isEqualTo(expected < 0 ? slice.end() : slice.offset() + expected);
  }

  @Property(tries = 3000)
  void halves_are_found_as_escape_by_escape(@ForAll("backslashes") String text) {
    assertThat(SurrogateHalves.first(ByteSlice.utf8(text))).isEqualTo(firstHalf(text));
    assertThat(SurrogateHalves.first(SurrogateHalves.replaced(ByteSlice.utf8(text))))
        .isEqualTo(SurrogateHalves.NOWHERE);
  }

  private static int firstHalf(String text) {
    Matcher escapes =
        Pattern.compile(
                "\\\\u(?:[dD][89abAB]..\\\\u[dD][c-fC-F]..|(?<half>[dD][89a-fA-F]..)|)|\\\\.?")
            .matcher(text);
    while (escapes.find()) {
      if (escapes.group("half") != null) {
        return escapes.start();
      }
    }
    return SurrogateHalves.NOWHERE;
  }

  @Provide
  Arbitrary<String> backslashes() {
    return Arbitraries.of(
            "\\",
            "\\\\",
            "u",
            "\\u0041",
            "\\ud83d",
            "\\uDE00",
            "\\uD83D\\ude00",
            "\"",
            "]",
            "t",
            "abcdefgh")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 5000)
  void utf_8_is_what_the_platform_decodes(@ForAll("nearUtf8") byte[] bytes) {
    assertThat(Utf8.firstInvalid(ByteSlice.of(bytes)) == Utf8.NOWHERE).isEqualTo(decodes(bytes));
  }

  @Property
  void the_first_invalid_byte_ends_the_longest_valid_prefix(@ForAll("nearUtf8") byte[] bytes) {
    int invalid = Utf8.firstInvalid(ByteSlice.of(bytes));
    Assume.that(invalid != Utf8.NOWHERE);

    assertThat(decodes(Arrays.copyOf(bytes, invalid))).isTrue();
  }

  private static ByteSlice tail(byte[] bytes, int start) {
    int from = Math.floorMod(start, bytes.length + 1);
    return new ByteSlice(bytes, from, bytes.length - from);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<byte[]> mostlyPlain() {
    Arbitrary<Byte> odd = Arbitraries.bytes();
    Arbitrary<Byte> plain = Arbitraries.bytes().between((byte) ' ', (byte) 127);
    return Arbitraries.frequencyOf(Tuple.of(60, plain), Tuple.of(1, odd))
        .array(byte[].class)
        .ofMaxSize(40);
  }

  /** The bytes at the bounds of the table of well-formed sequences. */
  @Provide
  Arbitrary<byte[]> nearUtf8() {
    return Arbitraries.of(
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(6);
  }
}

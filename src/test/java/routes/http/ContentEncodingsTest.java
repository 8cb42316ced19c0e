package routes.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingsTest {

  private static final int MAX_BYTES = 100;
  private static final int MAX_MEMORY = 100 * MAX_BYTES;

  private final BodyMemory memory = new BodyMemory(MAX_MEMORY);
  private final BodyMemory.Share share = memory.share();
  private final ContentEncodings encodings = new ContentEncodings(MAX_BYTES);

  @Property(tries = 300)
  void whatever_was_encoded_comes_back(@ForAll Encoded encoding, @ForAll byte[] body) {
    BodyMemory ample = new BodyMemory(1 << 20);
    ContentEncodings lenient = new ContentEncodings(1 << 20);

    assertThat(lenient.decode(encoding.encode(body), encoding.header(), ample.share()).join())
        .isEqualTo(body);
  }

  @Test
  void without_an_encoding_the_body_is_what_came() {
    byte[] body = "{}".getBytes(UTF_8);

    assertThat(encodings.decode(body, null, share).join()).isSameAs(body);
    assertThat(encodings.decode(body, "identity", share).join()).isSameAs(body);
  }

  @Test
  void gzip_is_recognised_without_the_header() {
    byte[] body = "{}".getBytes(UTF_8);

    assertThat(encodings.decode(Encoded.GZIP.encode(body), null, share).join()).isEqualTo(body);
    assertThat(encodings.decode(Encoded.GZIP.encode(body), "identity", share).join())
        .isEqualTo(body);
    assertThatExceptionOfType(MalformedBodyException.class)
        .isThrownBy(() -> encodings.decode(new byte[] {0x1f, (byte) 0x8b}, null, share))
        .withMessage("The body is not valid gzip: it ends too early");
  }

  @Test
  void the_name_may_be_in_any_case() {
    assertThat(encodings.decode(Encoded.GZIP.encode(new byte[3]), " GZip ", share).join())
        .hasSize(3);
    assertThat(encodings.decode(Encoded.GZIP.encode(new byte[3]), "x-gzip", share).join())
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "lz4", "gzip, gzip", "gzip;q=1", "none"})
  void other_encodings_are_refused(String encoding) {
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> encodings.decode(new byte[0], encoding, share))
        .withMessage("Content-Encoding must be one of gzip, deflate, zstd, snappy, identity");
  }

  @ParameterizedTest
  @EnumSource
  void a_body_of_the_longest_length_is_taken_and_one_byte_more_is_not(Encoded encoding) {
    assertThat(
            encodings.decode(encoding.encode(new byte[MAX_BYTES]), encoding.header(), share).join())
        .hasSize(MAX_BYTES);
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(
            () ->
                encodings.decode(
                    encoding.encode(new byte[MAX_BYTES + 1]), encoding.header(), share))
        .withMessage("The body decompresses to more than 100 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void a_body_without_its_end_is_refused(Encoded encoding) {
    byte[] whole = encoding.encode("{\"a\":1}".getBytes(UTF_8));

    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(MalformedBodyException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> encodings.decode(cut, encoding.header(), share));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_that_follows_the_end_is_dropped(Encoded encoding) {
    byte[] whole = encoding.encode("{}".getBytes(UTF_8));
    // Half an element after the end of a block is not looked at.
    for (int more :
        encoding == Encoded.SNAPPY ? new int[] {7, 8, 100} : new int[] {1, 7, 8, 18, 19, 100}) {
      byte[] longer = Arrays.copyOf(whole, whole.length + more);
      Arrays.fill(longer, whole.length, longer.length, (byte) '{');

      assertThatExceptionOfType(MalformedBodyException.class)
          .as("%d bytes more", more)
          .isThrownBy(() -> encodings.decode(longer, encoding.header(), share));
    }
  }

  @Test
  void several_gzip_members_are_one_body() {
    byte[] one = Encoded.GZIP.encode("{}".getBytes(UTF_8));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);

    assertThat(encodings.decode(two, "gzip", share).join()).asString(UTF_8).isEqualTo("{}{}");
  }

  @ParameterizedTest
  @EnumSource
  void bodies_grow_within_the_memory_for_all_of_them(Encoded encoding) {
    byte[] body = encoding.encode(new byte[MAX_BYTES]);
    BodyMemory.Share others = memory.share();
    assertThat(others.take(MAX_MEMORY - MAX_BYTES + 1)).isTrue();

    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> encodings.decode(body, encoding.header(), share));

    others.release();
    share.release();
    assertThat(encodings.decode(body, encoding.header(), share).join()).hasSize(MAX_BYTES);
    assertThat(share.bytes()).isEqualTo(MAX_BYTES);
  }
}

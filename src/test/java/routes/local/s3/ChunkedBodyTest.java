package routes.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {

  private static final String SIGNED =
      "5;chunk-signature=ad80c730\r\nhello\r\n6;chunk-signature=0055627c\r\n\r\nwarm\r\n0;chunk-signature=b6c6ea8a\r\n\r\n";
  private static final String WITH_TRAILER =
      "b\r\nhello\r\nwarm\r\n0\r\nX-Amz-Checksum-Crc32: AAAAAA==\r\nx-amz-trailer-signature:63bdd\r\n\r\n";

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ChunkedBody body = new ChunkedBody(data::write);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void however_it_is_cut_the_data_is_found(int piece) throws IOException {
    write(SIGNED, piece);

    assertThat(body.trailers()).isEmpty();
    assertThat(data.toString(UTF_8)).isEqualTo("hello\r\nwarm");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void trailers_follow_the_data(int piece) throws IOException {
    write(WITH_TRAILER, piece);

    assertThat(body.trailers())
        .isEqualTo(Map.of("x-amz-checksum-crc32", "AAAAAA==", "x-amz-trailer-signature", "63bdd"));
    assertThat(data.toString(UTF_8)).isEqualTo("hello\r\nwarm");
  }

  @Test
  void the_last_line_need_not_end() throws IOException {
    write("0\r\nx-amz-checksum-crc32:AAAAAA==", 7);

    assertThat(body.trailers()).containsEntry("x-amz-checksum-crc32", "AAAAAA==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5\r\nhel",
        "5\r\nhello",
        "5\r\nhello\r\n",
        "5\r\nhello world\r\n0\r\n\r\n",
        "x\r\nhello\r\n",
        "-1\r\n",
        "0\r\nno trailer\r\n",
        "0\r\n\r\nmore\r\n"
      })
  void what_is_no_such_body_is_refused(String text) {
    assertThatThrownBy(
            () -> {
              write(text, 1000);
              body.trailers();
            })
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.code()).isEqualTo("IncompleteBody"));
  }

  @Test
  void a_line_has_a_bound() {
    assertThatThrownBy(() -> write("a".repeat(5000), 1000))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("longer than 4096 bytes");
  }

  private void write(String text, int piece) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += piece) {
      body.write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
    }
  }
}

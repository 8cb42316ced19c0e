package routes.local.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a body says of its length, no more of it is taken than there may be. */
class StoredBodyTest {

  private static final int MAX_BYTES = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"Transfer-Encoding, chunked", "Content-Length, 5"})
  void a_longer_body_is_refused_when_it_is_too_long(String header, String value)
      throws IOException {
    StoredBody body = body(header, value);
    body.write("12345".getBytes(US_ASCII));

    assertTooLarge(body, "6");
    body.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void only_the_data_counts_of_a_body_in_chunks() throws IOException {
    StoredBody body =
        body(
            "Content-Length", "1000", "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    body.write("3\r\n123\r\n2\r\n45\r\n".getBytes(US_ASCII));

    assertTooLarge(body, "1\r\n6");
    body.close();
  }

  private static void assertTooLarge(StoredBody body, String piece) {
    assertThatThrownBy(() -> body.write(piece.getBytes(US_ASCII)))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.code()).isEqualTo("EntityTooLarge"));
  }

  private StoredBody body(String... headers) throws IOException {
    MultiMap map = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      map.set(headers[i], headers[i + 1]);
    }
    return new StoredBody(
        new S3Request("PUT", "localhost", "lake", "key", Map.of(), map),
        MAX_BYTES,
        new Uploads(folder),
        (file, etag, checksums) -> {});
  }
}

package routes.local.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

  @TempDir Path folder;

  @Test
  void a_part_that_was_replaced_is_not_taken_for_the_one_before() throws IOException {
    Uploads uploads = new Uploads(folder);
    Uploads.Upload upload = begin(uploads);
    put(uploads, upload, "first");
    Uploads.Part first = uploads.parts(upload).get(0);
    put(uploads, upload, "other");

    assertThatThrownBy(() -> uploads.open(upload, first))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.code()).isEqualTo("InvalidPart"));
    try (OpenContent other = uploads.open(upload, uploads.parts(upload).get(0))) {
      assertThat(other.read(0, 5)).asString(US_ASCII).isEqualTo("other");
    }
  }

  @Test
  void what_has_ended_has_no_parts_and_takes_none() throws IOException {
    Uploads uploads = new Uploads(folder);
    Uploads.Upload upload = begin(uploads);
    put(uploads, upload, "first");
    Uploads.Part part = uploads.parts(upload).get(0);

    assertThat(uploads.end(upload, () -> {})).isTrue();

    assertNoUpload(() -> uploads.parts(upload));
    assertNoUpload(() -> uploads.open(upload, part));
    assertNoUpload(() -> put(uploads, upload, "other"));
    assertThat(uploads.end(upload, () -> fail("It is ended once"))).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_could_not_be_ended_is_gone_on_with() throws IOException {
    Uploads uploads = new Uploads(folder);
    Uploads.Upload upload = begin(uploads);
    put(uploads, upload, "first");

    assertThatThrownBy(
            () ->
                uploads.end(
                    upload,
                    () -> {
                      throw S3Exception.preconditionFailed();
                    }))
        .isInstanceOf(S3Exception.class);

    assertThat(uploads.parts(upload)).hasSize(1);
  }

  private static void assertNoUpload(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.code()).isEqualTo("NoSuchUpload"));
  }

  private static Uploads.Upload begin(Uploads uploads) throws IOException {
    String id = uploads.begin("lake", "key", Metadata.NONE);
    return uploads.get(
        new S3Request(
            "POST",
            "localhost",
            "lake",
            "key",
            Map.of("uploadId", List.of(id)),
            MultiMap.caseInsensitiveMultiMap()));
  }

  private static void put(Uploads uploads, Uploads.Upload upload, String text) throws IOException {
    try (Incoming file = uploads.incoming(List.of())) {
      file.write(text.getBytes(US_ASCII), 0, text.length());
      file.describe(Md5.hex(file.md5()), Metadata.NONE);
      uploads.put(upload, 1, file.path());
    }
  }
}

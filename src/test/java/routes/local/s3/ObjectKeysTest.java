package routes.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {

  private static final String BUCKET = "bucket";

  @TempDir Path objects;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "/a",
        "a//b",
        "a//",
        ".",
        "..",
        "a/./b",
        "a/../b",
        "../b",
        "a/..",
        "./",
        ".mpus-1",
        "a/.mpus-1",
        ".s3proxy-slash",
        ".s3proxy-versions/a",
        "nul\0",
        "bell\u0007",
        "half\ud83d",
      })
  void keys_that_name_no_file_of_their_own_are_told(String key) {
    assertThat(exact().objection(BUCKET, key)).isPresent();
    assertThat(exact().isOwn(BUCKET, key)).isFalse();
  }

  @Test
  void a_key_of_1024_bytes_is_the_longest() {
    String longest = "é".repeat(100) + "/" + "a/".repeat(411) + "b";

    assertThat(exact().objection(BUCKET, longest)).isEmpty();
    assertThat(exact().objection(BUCKET, longest + "b")).get().asString().contains("1024 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "service=a/part, Service=a/part",
    "service=a/part, SERVICE=A/other",
    "caf\u00e9/part, cafe\u0301/part",
    "caf\u00e9, cafe\u0301",
  })
  void where_two_spellings_are_one_file_the_second_is_told(String first, String second)
      throws IOException {
    try (FileSystem mac = Jimfs.newFileSystem(Configuration.osX())) {
      ObjectKeys keys = new ObjectKeys(folder(mac), false);
      Path file = folder(mac).resolve(BUCKET).resolve(first);
      Files.createDirectories(file.getParent());
      Files.createFile(file);

      assertThat(keys.objection(BUCKET, first)).isEmpty();
      assertThat(keys.isOwn(BUCKET, first)).isTrue();
      assertThat(keys.objection(BUCKET, second)).isPresent();
      assertThat(keys.isOwn(BUCKET, second)).isFalse();
    }
  }

  private ObjectKeys exact() {
    return new ObjectKeys(objects, true);
  }

  private static Path folder(FileSystem files) throws IOException {
    return Files.createDirectories(files.getPath("/work").resolve("objects"));
  }
}

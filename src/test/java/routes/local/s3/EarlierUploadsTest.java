package routes.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlierUploadsTest {

  private static final String RANDOM = "7d444840-9dc0-41d1-b245-5ffdce74fad2";
  private static final String NAME_BASED = "7d444840-9dc0-51d1-b245-5ffdce74fad2";

  @TempDir Path directory;
  private Path objects;
  private Path claims;

  @BeforeEach
  void create_directories() throws IOException {
    objects = Files.createDirectory(directory.resolve("s3"));
    claims = Files.createDirectory(directory.resolve("s3-claims"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hour=07/part-" + RANDOM,
        "part-" + RANDOM + "-" + RANDOM,
        ".mpus-" + RANDOM + "-hour=07/part-1",
        ".mpus-" + RANDOM + "-part-stub",
        ".s3proxy-mpu-stub-" + RANDOM
      })
  void what_was_no_object_yet_is_deleted(String name) throws IOException {
    Path file = create(name);

    delete();

    assertThat(file).doesNotExist();
  }

  @Test
  void a_bucket_that_had_only_parts_can_be_deleted() throws IOException {
    create(".mpus-" + RANDOM + "-year=2026/hour=07/part-1");

    delete();

    assertThat(objects.resolve("lake")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hour=07/part",
        "part-" + RANDOM + ".jsonl",
        "part-" + NAME_BASED,
        RANDOM,
        "a/-" + RANDOM
      })
  void other_files_are_objects(String name) throws IOException {
    Path file = create(name);

    delete();

    assertThat(file).exists();
  }

  @Test
  void what_was_claimed_is_an_object_and_its_upload_is_not() throws IOException {
    Path claimed = create("hour=07/part-" + RANDOM);
    Path upload = create("hour=07/part-" + RANDOM + "-" + RANDOM);
    claim("lake/hour=07/part-" + RANDOM);

    start();

    assertThat(claimed).exists();
    assertThat(upload).doesNotExist();
  }

  /** What S3Proxy wrote has a folder of claims, if an empty one. */
  @Test
  void without_a_folder_of_claims_nothing_is_an_upload() throws IOException {
    Files.delete(claims);
    Path object = create("hour=07/part-" + RANDOM);

    start();

    assertThat(object).exists();
  }

  @Test
  void a_start_that_was_cut_off_among_the_claims_takes_no_object() throws IOException {
    Path object = create("hour=07/part-" + RANDOM);
    claim("lake/hour=07/part-" + RANDOM);
    Path obstacle = Files.createDirectories(claims.resolve("a/b"));
    assertThatThrownBy(this::start).isInstanceOf(DirectoryNotEmptyException.class);
    try (var left = Files.newDirectoryStream(claims, Files::isRegularFile)) {
      for (Path claim : left) {
        Files.delete(claim);
      }
    }
    Files.delete(obstacle);

    start();

    assertThat(object).exists();
    assertThat(claims).doesNotExist();
  }

  private void delete() throws IOException {
    new EarlierUploads(objects, claims).delete();
  }

  private void start() throws IOException {
    new EmbeddedS3(objects, directory.resolve("s3-uploads"), true);
  }

  private Path create(String name) throws IOException {
    Path file = objects.resolve("lake").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  /** As the version before did it. */
  private void claim(String file) throws IOException {
    byte[] hash = Md5.digest("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
    Files.createFile(claims.resolve(HexFormat.of().formatHex(hash)));
  }
}

package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadNamesTest {

  private static final String RANDOM = "7d444840-9dc0-41d1-b245-5ffdce74fad2";
  private static final String NAME_BASED = "7d444840-9dc0-51d1-b245-5ffdce74fad2";

  @TempDir Path directory;
  private Path objects;
  private Path claims;
  private UploadNames names;

  @BeforeEach
  void create_directories() throws IOException {
    objects = Files.createDirectory(directory.resolve("s3"));
    claims = Files.createDirectory(directory.resolve("claims"));
    names = new UploadNames(objects, claims);
  }

  @Test
  void a_key_that_ends_in_a_random_uuid_is_an_upload_until_it_is_claimed() {
    assertThat(names.isUpload("lake", "hour=07/part-" + RANDOM)).isTrue();

    names.claim("lake", "hour=07/part-" + RANDOM);

    assertThat(names.isUpload("lake", "hour=07/part-" + RANDOM)).isFalse();
    assertThat(names.isUpload("other", "hour=07/part-" + RANDOM)).isTrue();
  }

  @Test
  void the_upload_of_a_claimed_key_is_an_upload() {
    names.claim("lake", "part-" + RANDOM);

    assertThat(names.isUpload("lake", "part-%s-%s".formatted(RANDOM, RANDOM))).isTrue();
  }

  @Test
  void other_keys_are_no_uploads() {
    assertThat(
            List.of(
                "part-" + RANDOM + ".jsonl", "part-" + NAME_BASED, RANDOM, "a/-" + RANDOM, "part"))
        .noneMatch(key -> names.isUpload("lake", key));
  }

  @Test
  void a_key_is_claimed_as_the_file_it_becomes() {
    names.claim("lake", "a//b-" + RANDOM);

    assertThat(names.isUpload("lake", "a/b-" + RANDOM)).isFalse();
  }

  @Test
  void left_overs_are_deleted_and_objects_are_kept() throws IOException {
    Path hour = Files.createDirectories(objects.resolve("lake/hour=07"));
    Path object = Files.createFile(hour.resolve("part"));
    Path claimed = Files.createFile(hour.resolve("part-" + RANDOM));
    names.claim("lake", "hour=07/part-" + RANDOM);
    Path leftOver = Files.createFile(hour.resolve("part-%s-%s".formatted(RANDOM, RANDOM)));

    assertThat(names.deleteLeftOvers()).isEqualTo(1);

    assertThat(object).exists();
    assertThat(claimed).exists();
    assertThat(leftOver).doesNotExist();
    assertThat(names.isUpload("lake", "hour=07/part-" + RANDOM)).isFalse();
  }

  @Test
  void a_claim_without_an_object_is_dropped() throws IOException {
    names.claim("lake", "part-" + RANDOM);

    names.deleteLeftOvers();

    assertThat(claims).isEmptyDirectory();
  }
}

package routes.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=2-4, 2, 4",
    "bytes=2-, 2, 9",
    "bytes=2-100, 2, 9",
    "bytes=2-9223372036854775807, 2, 9",
    "bytes=0000000000000000000002-99999999999999999999, 2, 9",
    "bytes=-99999999999999999999, 0, 9",
    "bytes=-3, 7, 9",
    "bytes=-100, 0, 9",
    "bytes=9-9, 9, 9"
  })
  void a_range_is_part_of_the_object(String header, long first, long last) {
    assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=99999999999999999999-", "bytes=-0"})
  void a_range_behind_the_object_is_refused(String header) {
    assertThatThrownBy(() -> ByteRange.of(header, 10))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.status()).isEqualTo(416));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=", "bytes=-", "bytes=4-2", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", ""})
  void what_is_no_range_is_all(String header) {
    assertThat(ByteRange.of(header, 10)).isNull();
  }
}

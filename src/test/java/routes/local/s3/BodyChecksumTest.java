package routes.local.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The results are those that the algorithms are published with, for the digits 1 to 9. */
class BodyChecksumTest {

  private static final byte[] DIGITS = "123456789".getBytes(US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "crc32, y/Q5Jg==",
    "crc32c, 4waSgw==",
    "crc64nvme, rosUhgp5mIg=",
    "sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
  })
  void each_algorithm_is_known(String algorithm, String expected) {
    String header = "x-amz-checksum-" + algorithm;

    assertThat(checksum(request(header, expected)).verified(Map.of()))
        .isEqualTo(expected)
        .isEqualTo(checksum(request("x-amz-trailer", header)).verified(Map.of(header, expected)));
    assertThatThrownBy(() -> checksum(request(header, "AAAAAA==")).verified(Map.of()))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.code()).isEqualTo("BadDigest"));
    assertThatThrownBy(() -> checksum(request("x-amz-trailer", header)).verified(Map.of()))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void of_a_whole_object_are_those_without_a_number() {
    assertThat(BodyChecksum.ofWhole(request("x-amz-checksum-crc32", "y/Q5Jg=="))).hasSize(1);
    assertThat(BodyChecksum.ofWhole(request("x-amz-checksum-crc32", "y/Q5Jg==-2"))).isEmpty();
  }

  private static BodyChecksum checksum(S3Request request) {
    BodyChecksum checksum = BodyChecksum.of(request).get(0);
    checksum.update(DIGITS, 0, 4);
    checksum.update(DIGITS, 4, 5);
    return checksum;
  }

  private static S3Request request(String header, String value) {
    return new S3Request(
        "PUT",
        "localhost",
        "bucket",
        "key",
        Map.of(),
        MultiMap.caseInsensitiveMultiMap().add(header, value));
  }
}

package routes.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

  @ParameterizedTest
  @ValueSource(strings = {"Bearer key", "bearer key", "BEARER   key ", "Splunk key", "splunk key"})
  void a_key_follows_its_scheme(String header) {
    assertThat(Authorization.key(header)).isEqualTo("key");
  }

  @Test
  void a_key_is_the_password_of_basic_whatever_the_user() {
    assertThat(Authorization.key(basic("any:key"))).isEqualTo("key");
    assertThat(Authorization.key(basic(":key"))).isEqualTo("key");
    assertThat(Authorization.key(basic("any:k:e:y"))).isEqualTo("k:e:y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "key", "Bearer", "Bearer ", "Digest key", "Basic key!", "Basic a2V5"})
  void anything_else_carries_no_key(String header) {
    assertThat(Authorization.key(header)).isNull();
  }

  @Test
  void no_header_carries_no_key() {
    assertThat(Authorization.key(null)).isNull();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}

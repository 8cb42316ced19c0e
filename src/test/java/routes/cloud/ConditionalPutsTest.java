package routes.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ConditionalPutsTest {

  private final Store store = new Store();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final ConditionalPuts puts = new ConditionalPuts(store, "state", true, () -> now);

  @Test
  void a_store_that_honours_them_is_asked_every_ten_minutes() {
    puts.require();
    puts.require();
    assertThat(store.asked).isEqualTo(2);

    now = now.plus(Duration.ofMinutes(11));
    puts.require();

    assertThat(store.asked).isEqualTo(3);
  }

  @Test
  void a_store_that_ignores_them_is_refused_until_it_no_longer_does() {
    store.honours = false;

    assertThatThrownBy(puts::require)
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("If-None-Match")
        .hasMessageContaining("ACCEPT_UNCONDITIONAL_PUTS");

    store.honours = true;
    now = now.plusSeconds(6);
    assertThatCode(puts::require).doesNotThrowAnyException();
  }

  @Test
  void a_gateway_that_begins_to_strip_them_is_noticed() {
    puts.require();
    store.honours = false;
    now = now.plus(Duration.ofMinutes(11));

    assertThatThrownBy(puts::require).isInstanceOf(CloudException.class);
  }

  @Test
  void whoever_delivers_alone_may_do_without() {
    store.honours = false;

    assertThatCode(new ConditionalPuts(store, "state", false, () -> now)::require)
        .doesNotThrowAnyException();
    assertThat(store.asked).isZero();
  }

  private static final class Store implements S3Client {

    private boolean honours = true;
    private boolean there;
    private int asked;

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      asked++;
      if (honours && there && "*".equals(request.ifNoneMatch())) {
        throw S3Exception.builder().statusCode(412).build();
      }
      there = true;
      return PutObjectResponse.builder().eTag("tag").build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
